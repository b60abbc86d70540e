using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd;

/// <summary>What a new user does: start it, paste what it prints, stop it.</summary>
public sealed partial class StartTests
{
    [Fact]
    public async Task FirstStart_PrintedCurl_RunsTheSampleToItsEnd()
    {
        await using var hub = new HubProcess(("Hub__AdminKey", ""));
        await hub.StartAsync();
        var answer = await RunShellAsync(await hub.WaitForOutputAsync(PrintedCurl()));
        Assert.Contains("202 Accepted", answer, StringComparison.Ordinal);
        var statusUrl = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("statusUrl").GetString();
        Assert.Equal("completed", await WaitForEndAsync(hub, statusUrl!));
        await hub.WaitForOutputAsync(LoggedAlert());
    }

    [Fact]
    public async Task GeneratedAdminKey_PrintedAtTheFirstStartOnly_OpensTheApi()
    {
        await using var hub = new HubProcess(("Hub__AdminKey", ""));
        await hub.StartAsync();
        var key = await hub.WaitForOutputAsync(PrintedKey());
        Assert.Equal(0, await hub.InterruptAsync());
        await hub.StartAsync();
        Assert.Single(PrintedKey().Matches(hub.Output));
        Assert.Equal(2, Regex.Count(hub.Output, $"  Data directory        {Regex.Escape(hub.DataDirectory)}"));
        Assert.Contains("  Admin key             the one printed at the first start", hub.Output, StringComparison.Ordinal);
        Assert.Contains("only a hash of it is kept: if it is lost, set Hub__AdminKey to one of your own", hub.Output, StringComparison.Ordinal);
        Assert.Single(PrintedCurl().Matches(hub.Output));
        hub.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await hub.Api.GetAsync("/api/v1/sources", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task CtrlC_StopsHubAndServer_LeavesNothingRunning()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        Assert.True(hub.TryFindPostmaster(out var server));
        Assert.Equal(0, await hub.InterruptAsync());
        Assert.False(Directory.Exists($"/proc/{server}"), "the server outlived the hub");
    }

    [Fact]
    public async Task SecondHub_OnTheSameDataDirectory_IsRefusedWithTheReason()
    {
        await using var first = new HubProcess();
        await first.StartAsync();
        var second = new HubProcess(("Hub__DataDirectory", first.DataDirectory));
        await Assert.ThrowsAsync<InvalidOperationException>(second.StartAsync);
        Assert.Contains("FlowPilot cannot start", second.Output, StringComparison.Ordinal);
        Assert.Contains(first.DataDirectory, second.Output, StringComparison.Ordinal);
        using var health = await first.Api.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.True(health.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://*:{0}")]
    public async Task Port_InUse_IsToldWithTheRemedyBeforeADatabaseIsMade(string address)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var hub = new HubProcess(("ASPNETCORE_URLS", string.Format(CultureInfo.InvariantCulture, address, port)));
        await Assert.ThrowsAsync<InvalidOperationException>(hub.StartAsync);
        Assert.Contains($"Port {port} of", hub.Output, StringComparison.Ordinal);
        Assert.Contains($"ASPNETCORE_URLS={string.Format(CultureInfo.InvariantCulture, address, port + 1)}", hub.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(hub.DataDirectory), "a data directory was made");
    }

    [Fact]
    public async Task OwnPostgres_GivenByConnectionString_IsUsedAndNoneIsStarted()
    {
        var connection = await TestSupport.PostgresServer.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var hub = new HubProcess(("ConnectionStrings__Hub", connection));
        await hub.StartAsync();
        using var health = JsonDocument.Parse(await hub.Api.GetStringAsync("/health", TestContext.Current.CancellationToken));
        Assert.Equal("PostgreSQL", health.RootElement.GetProperty("database").GetProperty("kind").GetString());
        Assert.False(Directory.Exists(Path.Combine(hub.DataDirectory, "database")));
    }

    private static async Task<string> WaitForEndAsync(HubProcess hub, string statusUrl)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20); )
        {
            using var status = JsonDocument.Parse(await hub.Api.GetStringAsync(statusUrl));
            if (status.RootElement.GetProperty("status").GetString() is { } text && text is not "in_progress")
            {
                return text;
            }
        }

        return "still in progress";
    }

    private static async Task<string> RunShellAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var shell = Process.Start(start)!;
        var printed = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return printed;
    }

    [GeneratedRegex(@"^curl .*?-d '[^']*'", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex PrintedCurl();

    [GeneratedRegex("ALERT Disk almost full: 92 % used on db-1", RegexOptions.None, 1000)]
    private static partial Regex LoggedAlert();

    [GeneratedRegex("fp_[0-9a-f]{48}", RegexOptions.None, 1000)]
    private static partial Regex PrintedKey();
}
