using System.Diagnostics;

namespace Hub.EndToEnd;

/// <summary>What who has just cloned the repository sees of <c>dotnet run</c>.</summary>
public sealed class FirstBuildTests
{
    private static readonly string[] Files = ["global.json", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig"];

    [Fact]
    public async Task DotnetRun_InACleanTree_SaysWhatItBuildsBeforeItIsBuilt()
    {
        var tree = Directory.CreateTempSubdirectory("flowpilot-tree-");
        Copy(Documents.DocumentTests.Root, tree.FullName);
        var start = new ProcessStartInfo("dotnet", ["run", "--project", "src/Hub.Api"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = tree.FullName,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var run = Process.Start(start)!;
        try
        {
            await WaitForLineAsync(run, "FlowPilot is built for the first time");
            Assert.False(File.Exists(Path.Combine(tree.FullName, "src", "Hub.Api", "obj", "project.assets.json")), "packages had been fetched by then");

            // The others follow in the same way, one by one.
            await WaitForLineAsync(run, "Compiling Hub.Fields ...");
            await WaitForLineAsync(run, "Hub.Fields -> ");
        }
        finally
        {
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            tree.Delete(recursive: true);
        }
    }

    private static async Task WaitForLineAsync(Process run, string text)
    {
        string? line;
        do
        {
            line = await run
                .StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            Assert.True(line is not null, $"`dotnet run` did not say: {text}");
        } while (!line.Contains(text, StringComparison.Ordinal));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Files.Concat(Sources(from)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, file))!);
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }
    }

    private static IEnumerable<string> Sources(string root) =>
        Directory
            .EnumerateFiles(Path.Combine(root, "src"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file))
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"));
}
