using Hub.TestSupport.StandIns;

namespace Hub.EndToEnd.Documents;

/// <summary>What README and docs show is done, and comes out as they show it.</summary>
public sealed class DocumentTests
{
    /// <summary>Its blocks follow from each other.</summary>
    private const string TaskPage = "tasks.md";

    /// <summary>Blocks that no test can do, by their first words, and why.</summary>
    private static readonly (string Begins, string Why)[] Elsewhere =
    [
        ("var secrets = SecretMask", "an excerpt of C#; the connector it shows is compiled and tested"),
        (".AddSingleton<IConnector", "an excerpt of C#"),
        ("dotnet test tests/", "the tests cannot run the tests"),
        ("dotnet run -c Release --project bench/", "takes minutes on a quiet machine"),
        ("FLOWPILOT_CONFORMANCE_DATA=", "takes minutes on a quiet machine"),
        ("cd ~/.local/share/flowpilot", "needs PostgreSQL's client, which the hub does not"),
        ("PGPASSWORD=", "needs PostgreSQL's client, which the hub does not"),
        ("dotnet run --project src/Hub.Api -- backup", "BackupTests do it, under load"),
        ("Hub__DataDirectory=/var/lib/flowpilot-new", "BackupTests do it"),
        ("createuser ", "needs a PostgreSQL of the reader's own; StartTests start the hub with one"),
        ("export POSTGRES_PASSWORD", "needs a Docker engine"),
        ("export Hub__AdminKey", "sets what the next start reads; StartTests start with a key of their own"),
    ];

    internal static readonly string Root = FindRoot();

    [Fact]
    public async Task Readme_FollowedFromTopToBottom_ShowsWhatItSays()
    {
        await using var tour = new ReadmeTour();
        var blocks = MarkdownBlock.Read(Path.Combine(Root, "README.md"));
        foreach (var block in blocks.SkipWhile(block => block.Language != "console").Where(block => block.Language is "bash" or "console"))
        {
            await tour.FollowAsync(block);
        }
    }

    [Fact]
    public async Task Tasks_PastedOneAfterTheOther_DoWhatTheySay()
    {
        await using var slack = await StandIn.StartAsync();
        slack.On("/slack/chat.postMessage", new StandInAnswer(200, """{"ok":true,"channel":"C1","ts":"1700000000.000100"}"""));
        await using var tour = new ReadmeTour(
            ("Hub__Connectors__Slack__BaseAddress", slack.At("/slack/")),
            ("Hub__Outbound__AllowedNetworks__1", $"127.0.0.0/8:{slack.Url.Port}")
        );
        foreach (var block in MarkdownBlock.Read(Path.Combine(Root, "docs", TaskPage)))
        {
            await tour.FollowAsync(block);
        }

        Assert.Contains("Login fails", Assert.Single(slack.To("/slack/chat.postMessage")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_EveryExample_IsTakenByTheHub()
    {
        var profiles = Directory.CreateTempSubdirectory("flowpilot-profiles-");
        var blocks = Directory
            .GetFiles(Path.Combine(Root, "docs"), "*.md")
            .Where(static page => Path.GetFileName(page) != TaskPage)
            .Order(StringComparer.Ordinal)
            .SelectMany(MarkdownBlock.Read)
            .ToArray();
        var profile = Assert.Single(blocks, block => block.Language == "json" && block.Text.Contains("\"algorithm\":", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(profiles.FullName, "acme.json"), profile.Text, TestContext.Current.CancellationToken);
        await using var hub = new HubProcess(("Hub__Signatures__ProfileFolder", profiles.FullName));
        await hub.StartAsync();
        var examples = new PageExamples(hub);
        var refused = new List<string>();
        foreach (var block in blocks.Where(block => !Elsewhere.Any(other => block.Text.StartsWith(other.Begins, StringComparison.Ordinal))))
        {
            if (await examples.TryAsync(block) is { } why)
            {
                refused.Add($"{block.Place}: {why}");
            }
        }

        Assert.True(refused.Count == 0, string.Join("\n\n", refused));
        profiles.Delete(recursive: true);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FlowPilot.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }

        return folder;
    }
}
