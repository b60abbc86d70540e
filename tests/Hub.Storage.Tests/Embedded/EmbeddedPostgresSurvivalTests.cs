using System.Diagnostics;
using System.Globalization;
using Hub.Storage.Embedded;
using Npgsql;

namespace Hub.Storage.Tests.Embedded;

public sealed class EmbeddedPostgresSurvivalTests(MadeCluster made) : EmbeddedServerTest(made)
{
    private const string OwnedDirectory = "FLOWPILOT_OWNED_DIRECTORY";
    private const int Kill = 9;

    [Fact]
    public async Task Server_KilledUnderASession_ComesBackWithItsData()
    {
        await using var server = await StartMadeAsync();
        await AskAsync(server, "CREATE TABLE kept AS SELECT 42 AS value");
        await using var session = new NpgsqlConnection(server.ConnectionString);
        await session.OpenAsync(Cancel);
        var back = new TaskCompletionSource();
        server.Restarted += (_, _) => back.TrySetResult();
        var killed = server.ProcessId;

        Assert.Equal(0, Libc.Kill(killed, Kill));
        await back.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.NotEqual(killed, server.ProcessId);
        Assert.Equal(42, await AskAsync(server, "SELECT value FROM kept"));
    }

    [Fact]
    public async Task Server_Started_LeadsItsOwnSession()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        await using var server = await StartMadeAsync();

        var fields = (await File.ReadAllTextAsync($"/proc/{server.ProcessId}/stat", Cancel)).Split(") ")[^1].Split(' ');
        Assert.Equal(server.ProcessId, int.Parse(fields[3], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Server_OwnerKilled_IsTakenOverByTheNextHub()
    {
        await using (await StartMadeAsync()) { }

        var owner = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [OwnedDirectory] = Data },
        };
        foreach (
            var argument in new[]
            {
                "exec",
                typeof(EmbeddedPostgresSurvivalTests).Assembly.Location,
                "-noLogo",
                "-noColor",
                "-explicit",
                "only",
                "-method",
                $"*.{nameof(Owner_UntilKilled_HoldsTheServer)}",
            }
        )
        {
            owner.ArgumentList.Add(argument);
        }

        using var process = Process.Start(owner)!;
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(Cancel);
            Assert.NotNull(line);
        } while (!line.StartsWith("serving ", StringComparison.Ordinal));

        process.Kill();

        // Comes to its end only if the server left behind does not hold the hub's output open.
        await process.StandardOutput.ReadToEndAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        await process.WaitForExitAsync(Cancel);
        var next = await StartAsync();
        await using (next)
        {
            Assert.Equal(line, $"serving {next.ProcessId}");
            Assert.Equal(1, await AskAsync(next, "SELECT 1"));
        }

        Assert.False(File.Exists(Path.Combine(next.ClusterPath, "postmaster.pid")));
    }

    [Fact(Explicit = true)]
    public async Task Owner_UntilKilled_HoldsTheServer()
    {
        var directory = Environment.GetEnvironmentVariable(OwnedDirectory);
        Assert.SkipWhen(directory is null, "run by another test");
        await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = directory }, Lines, Cancel);
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        await output.WriteLineAsync($"serving {server.ProcessId}");
        await output.FlushAsync(Cancel);
        await Task.Delay(Timeout.Infinite, Cancel);
    }

    [Fact]
    public async Task Start_StalePidFileOfAForeignProcess_StartsAndSparesTheProcess()
    {
        string file;
        string[] lines;
        await using (var first = await StartMadeAsync())
        {
            file = Path.Combine(first.ClusterPath, "postmaster.pid");
            lines = await File.ReadAllLinesAsync(file, Cancel);
        }

        // A process of the server's own user, which PostgreSQL by itself would take for a running server.
        var account = ServerAccount.Choose();
        using var foreign = Process.Start(Command.Prepare(account, "/bin/sleep", ["60"]))!;
        lines[0] = $"{foreign.Id}";
        await File.WriteAllLinesAsync(file, lines, Cancel);
        account.Own(file);

        await using var second = await StartAsync();

        Assert.Equal(1, await AskAsync(second, "SELECT 1"));
        Assert.False(foreign.HasExited);
        foreign.Kill();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no number\n")]
    [InlineData("2147483000\n/nowhere\n1\n1\n\n127.0.0.1\n1 1\nready\n")]
    public async Task Start_UnusablePidFile_Starts(string content)
    {
        string file;
        await using (var first = await StartMadeAsync())
        {
            file = Path.Combine(first.ClusterPath, "postmaster.pid");
        }

        await File.WriteAllTextAsync(file, content, Cancel);
        ServerAccount.Choose().Own(file);

        await using var second = await StartAsync();

        Assert.Equal(1, await AskAsync(second, "SELECT 1"));
    }

    [Fact]
    public async Task Dispose_OpenSession_StopsTheServer()
    {
        var server = await StartMadeAsync();
        await using var session = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await session.OpenAsync(Cancel);

        await server.DisposeAsync();

        Assert.False(File.Exists(Path.Combine(server.ClusterPath, "postmaster.pid")));
    }
}
