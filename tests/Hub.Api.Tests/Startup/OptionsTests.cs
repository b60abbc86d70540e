using System.Diagnostics;

namespace Hub.Api.Tests.Startup;

/// <summary>A hub that is configured wrongly does not start, and says everything that is wrong in one go.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task Start_ManyBadValues_ExitsWith1AndNamesThemAll()
    {
        var (exit, printed) = await StartAsync(
            ("ConnectionStrings__Hub", "this is not a connection string"),
            ("Hub__Engine__Concurrency", "0"),
            ("Hub__Inbox__Writers", "99"),
            ("Hub__Journal__MaxBatch", "-1"),
            ("Hub__Database__MaxConnections", "2"),
            ("Hub__Inbox__Writer", "3")
        );
        Assert.Equal(1, exit);
        Assert.Contains(
            "Hub__Inbox__Writer (environment) is not a setting of the hub and is ignored. Did you mean Hub__Inbox__Writers?",
            printed,
            StringComparison.Ordinal
        );
        Assert.StartsWith("FlowPilot cannot start:", printed, StringComparison.Ordinal);
        Assert.All(new[] { "ConnectionStrings__Hub", "Concurrency", "Writers", "MaxBatch", "MaxConnections" }, name =>
            Assert.Contains(name, printed, StringComparison.Ordinal)
        );
        AssertPlain(printed);
    }

    [Theory]
    [InlineData("Hub__Engine__Lease", "soon")]
    [InlineData("Hub__Connectors__Slack__BaseAddress", "https://slack.com/api")]
    [InlineData("Logging__LogLevel__Default", "loud")]
    [InlineData("Hub__Inbox__MaxWaiting", "many")]
    [InlineData("Hub__Outbound__AllowedNetworks__0", "everywhere")]
    [InlineData("Hub__Limits__MaxHeaders", "9")]
    [InlineData("Hub__Start", "later")]
    [InlineData("Hub__Limits__BodyWindow", "00:00:00.5")]
    [InlineData("Hub__Signatures__ProfileFolder", "/nowhere/to/be/found")]
    public async Task Start_UnreadableValue_ExitsWith1AndNamesIt(string setting, string value)
    {
        var (exit, printed) = await StartAsync((setting, value));
        Assert.Equal(1, exit);
        Assert.StartsWith("FlowPilot cannot start:", printed, StringComparison.Ordinal);
        Assert.Contains(setting.Split("__", 3)[^1].Split("__")[0], printed, StringComparison.Ordinal);
        AssertPlain(printed);
    }

    [Fact]
    public async Task Start_ValuesOfTheWrongForm_AreAllToldByNameWithWhatToWrite()
    {
        var (exit, printed) = await StartAsync(
            ("Hub__Engine__StepTimeout", "30"),
            ("Hub__Start", "pasued"),
            ("Hub__Inbox__MaxBatch", "1e3"),
            ("Hub__Breakers__FailureRatio", "0,5")
        );
        Assert.Equal(1, exit);
        Assert.Equal(
            [
                "FlowPilot cannot start:",
                "  - Hub__Start (environment) is 'pasued', which is not known. Did you mean paused? Write auto, paused or running.",
                "  - Hub__Engine__StepTimeout (environment) is '30', which has no unit. Did you mean 30s? Write a duration from 100ms to 1h, "
                    + "such as 500ms, 2s, 30s, 5m, 1h, PT2S, 00:00:02 or 00:00:30.",
                "  - Hub__Breakers__FailureRatio (environment) is '0,5', which is no number. Write a number from 0.01 to 1, with a point before its fraction.",
                "  - Hub__Inbox__MaxBatch (environment) is '1e3', which is no whole number. Write a whole number from 1 to 10000, in digits alone.",
            ],
            printed.TrimEnd().Split(Environment.NewLine)
        );
    }

    [Fact]
    public async Task Start_AddressThatCannotBeRead_ExitsWith1AndSaysWhatToWrite()
    {
        var (exit, printed) = await StartAsync(("urls", "here"));
        Assert.Equal(1, exit);
        Assert.Contains("'here' is no address to listen at. Set ASPNETCORE_URLS to one such as http://127.0.0.1:5080", printed, StringComparison.Ordinal);
        AssertPlain(printed);
    }

    [Fact]
    public async Task Start_AddressesThatCannotBeUsed_AreToldByNameWithTheRemedyAndWithoutPasswords()
    {
        var (exit, printed) = await StartAsync(
            ("Hub__PublicUrl", "https://me:hidden-word@hooks.example.com"),
            ("Hub__WebhookUrl", "in.example.net"),
            ("Hub__TrustedProxies__2", "10.0.0.1/8"),
            ("Hub__Outbound__AllowedNetworks__3", "zzz/8"),
            ("Hub__Outbound__AllowedNetworks__5", "10.0.0.1/8:80"),
            ("Hub__Outbound__AllowedNetworks__6", "10.0.0.0/8:0"),
            ("Hub__Outbound__AllowedNetworks__7", "10.0.0.1"),
            ("Hub__Connectors__Slack__BaseAddress", "https://me:hidden-word@slack.com/api/"),
            ("ConnectionStrings__Hub", "postgres://hub:hidden-word@db/hub")
        );
        Assert.Equal(1, exit);
        Assert.Equal(
            [
                "ConnectionStrings__Hub (environment) is not a PostgreSQL connection string such as 'Host=db;Database=hub;Username=hub;Password=...'.",
                "Hub__Connectors__Slack__BaseAddress (environment) cannot be used: The URL holds a user name or password; put them into a credential. "
                    + "Write one such as https://slack.com/api/.",
                "Hub__Outbound__AllowedNetworks__3 (environment) 'zzz/8' is not an address or network. Write it as CIDR, "
                    + "such as 203.0.113.0/24, 198.51.100.7 or 2001:db8::/32.",
                "Hub__Outbound__AllowedNetworks__5 (environment) '10.0.0.1/8' is an address inside a network. "
                    + "Write the network itself, 10.0.0.0/8, or the address alone, 10.0.0.1/32.",
                "Hub__Outbound__AllowedNetworks__6 (environment) '10.0.0.0/8:0' does not end with a port or several. Write it as CIDR, "
                    + "such as 10.20.0.0/16 or fd00:1::/32, and with a port or several as 192.168.1.7/32:8443 or 10.20.0.0/16:8000-8099.",
                "Hub__Outbound__AllowedNetworks__7 (environment) '10.0.0.1' is not a network. Write it as CIDR, "
                    + "such as 10.20.0.0/16 or fd00:1::/32, and with a port or several as 192.168.1.7/32:8443 or 10.20.0.0/16:8000-8099.",
                "Hub__PublicUrl (environment) cannot be used: The URL holds a user name or password. Write one such as https://hooks.example.com.",
                "Hub__TrustedProxies__2 (environment) '10.0.0.1/8' is an address inside a network. "
                    + "Write the network itself, 10.0.0.0/8, or the address alone, 10.0.0.1/32.",
                "Hub__WebhookUrl (environment) cannot be used: The URL does not begin with http:// or https://. Write one such as https://hooks.example.com.",
            ],
            printed.TrimEnd().Split(Environment.NewLine).Skip(1).Select(static line => line[4..]).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Start_ShortAdminKey_ExitsWith1AndNeverShowsIt()
    {
        var (exit, printed) = await StartAsync(("Hub__AdminKey", "0123456789-0123456789-012345678"));
        Assert.Equal(1, exit);
        Assert.Contains("Hub__AdminKey (environment) has 31 characters", printed, StringComparison.Ordinal);
        Assert.Contains("openssl rand -hex 32", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789-", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AdminKeyOfBlanks_ExitsWith1()
    {
        var (exit, printed) = await StartAsync(("Hub__AdminKey", new string(' ', 40)));
        Assert.Equal(1, exit);
        Assert.Contains("Hub__AdminKey (environment) has 0 characters that are not white space", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BadProfiles_ExitsWith1AndNamesEveryFileAndPlace()
    {
        var folder = Directory.CreateTempSubdirectory("flowpilot-profiles-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.json"), "{", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "b.json"),
                """
                {"name":"github","title":"Own","documentation":"https://example.com","algorithm":"hmac-sha256",
                "signature":{"header":"X-Own"},"signed":[{"part":"body"}]}
                """,
                TestContext.Current.CancellationToken
            );
            var (exit, printed) = await StartAsync(("Hub__Signatures__ProfileFolder", folder.FullName));
            Assert.Equal(1, exit);
            Assert.All(new[] { "a.json", "b.json", "name: there is a scheme 'github' already" }, part =>
                Assert.Contains(part, printed, StringComparison.Ordinal)
            );
            Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_UnreachableDatabase_ExitsWith1AndSaysSo()
    {
        var (exit, printed) = await StartAsync(
            ("ConnectionStrings__Hub", "Host=127.0.0.1;Port=1;Username=hub;Database=hub;Password=very-secret"),
            ("Hub__Database__StartTimeout", "00:00:01")
        );
        Assert.Equal(1, exit);
        Assert.Contains("Hub__Database__StartTimeout", printed, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\"Hub\": {", "is no JSON: see line 2. Correct it")]
    [InlineData("[]", "holds no JSON object")]
    public async Task Start_SettingsFileThatCannotBeRead_ExitsWith1AndNamesTheLine(string content, string told)
    {
        var (exit, printed) = await StartAsync(content);
        Assert.Equal(1, exit);
        Assert.StartsWith("FlowPilot cannot start:", printed, StringComparison.Ordinal);
        Assert.Contains($"appsettings.json {told}", printed, StringComparison.Ordinal);
        AssertPlain(printed);
    }

    /// <summary>Nothing of the framework's own words.</summary>
    private static void AssertPlain(string printed) =>
        Assert.All(new[] { "   at ", "System.", "Hub.Engine", "DataAnnotation", "Failed to convert", "Exception" }, words =>
            Assert.DoesNotContain(words, printed, StringComparison.Ordinal)
        );

    private static Task<(int Exit, string Printed)> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    /// <param name="file">What the working folder has as <c>appsettings.json</c>.</param>
    private static async Task<(int Exit, string Printed)> StartAsync(string? file, params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("flowpilot-start-");
        try
        {
            if (file is not null)
            {
                await File.WriteAllTextAsync(Path.Combine(data.FullName, "appsettings.json"), file, TestContext.Current.CancellationToken);
            }

            var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
                WorkingDirectory = data.FullName,
            };
            start.Environment["ConnectionStrings__Hub"] = "Host=127.0.0.1;Port=1;Username=hub;Database=hub";
            start.Environment["Hub__DataDirectory"] = data.FullName;
            start.Environment["urls"] = "http://127.0.0.1:0";
            foreach (var (key, value) in settings)
            {
                start.Environment[key] = value;
            }

            using var hub = Process.Start(start)!;
            var errors = hub.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = hub.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            deadline.CancelAfter(TimeSpan.FromSeconds(30));
            try
            {
                await hub.WaitForExitAsync(deadline.Token);
            }
            finally
            {
                if (!hub.HasExited)
                {
                    hub.Kill(entireProcessTree: true);
                }
            }

            await output;
            return (hub.ExitCode, await errors);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
