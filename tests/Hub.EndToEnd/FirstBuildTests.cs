using System.Diagnostics;

namespace Hub.EndToEnd;

/// <summary>What who has just cloned the repository sees of <c>dotnet run</c>.</summary>
public sealed class FirstBuildTests
{
    private static readonly string[] Files = ["global.json", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig"];

    [Fact]
    public async Task DotnetRun_InACleanTree_SaysThatItBuildsBeforeAnythingIsBuilt()
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
            while (
                await run
                    .StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                    .AsTask()
                    .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)
                    is { } line
            )
            {
                if (line.Contains("FlowPilot is built for the first time", StringComparison.Ordinal))
                {
                    Assert.False(File.Exists(Path.Combine(tree.FullName, "src", "Hub.Api", "obj", "project.assets.json")), "packages had been fetched by then");
                    return;
                }
            }

            Assert.Fail("`dotnet run` said nothing of the build");
        }
        finally
        {
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            tree.Delete(recursive: true);
        }
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
