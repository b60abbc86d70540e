using System.Reflection;
using System.Text.RegularExpressions;
using Hub.Api.Settings;
using Microsoft.Extensions.Configuration;

namespace Hub.Api.Tests.Settings;

/// <summary>A setting that nothing reads is named at the start, with the one that was meant.</summary>
public sealed partial class UnknownSettingsTests
{
    [Theory]
    [InlineData("Hub__Engine__Concurency", "Hub__Engine__Concurrency")]
    [InlineData("hub__engine__polinterval", "Hub__Engine__PollInterval")]
    [InlineData("Hub__Concurrency", "Hub__Engine__Concurrency")]
    [InlineData("Hub__Inbox__MaxBatches", "Hub__Inbox__MaxBatch")]
    [InlineData("Hub__AdminKye", "Hub__AdminKey")]
    [InlineData("Hub__AdminKey__0", "Hub__AdminKey")]
    [InlineData("Hub__Database__ConnectionString", "ConnectionStrings__Hub")]
    [InlineData("ConnectionStrings__Hubb", "ConnectionStrings__Hub")]
    [InlineData("HUB_ADMIN_KEY", "Hub__AdminKey")]
    [InlineData("Hub_DataDirectory", "Hub__DataDirectory")]
    public void Environment_WithAMisspeltName_IsNamedWithTheNearest(string given, string meant)
    {
        var sentence = Assert.Single(Of(environment: new() { [given] = "a-secret-value" }));
        Assert.StartsWith($"{given} (environment) is not a setting of the hub and is ignored.", sentence, StringComparison.Ordinal);
        Assert.EndsWith($"Did you mean {meant}?", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-value", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfAllPlaces_AreToldWithTheirPlace() =>
        Assert.Equal(
            [
                "Hub:Engine:Concurency (settings.json) is not a setting of the hub and is ignored. Did you mean Hub:Engine:Concurrency?",
                "Hub:Engine:Leas (command line) is not a setting of the hub and is ignored. Did you mean Hub:Engine:Lease?",
                "Hub__Nonsense__Altogether (environment) is not a setting of the hub and is ignored. docs/operations.md lists them.",
                "Hub__TrustedProxies (environment) takes several values, and is ignored as it is written. Give each below it, such as Hub__TrustedProxies__0.",
            ],
            Of(
                new() { ["Hub__TrustedProxies"] = "10.0.0.0/8", ["Hub__Nonsense__Altogether"] = "x" },
                ["--Hub:Engine:Leas=9"],
                """{"Hub":{"Engine":{"Concurency":5}}}"""
            )
        );

    [Fact]
    public void Names_ThatAreKnownOrNotTheHubs_AreNotTold() =>
        Assert.Empty(
            Of(
                new()
                {
                    ["hub__engine__concurrency"] = "9",
                    ["Hub__TrustedProxies__0"] = "10.0.0.0/8",
                    ["Hub__Embedded__Settings__shared_buffers"] = "1GB",
                    ["Hub__AdminKey"] = "x",
                    ["Hub__Start"] = "auto",
                    ["HUB_PORT"] = "tcp://10.0.0.1:80",
                    ["HUB_SERVICE_HOST"] = "10.0.0.1",
                    ["Hub"] = "x",
                    ["GITHUB_TOKEN"] = "x",
                    ["Logging__LogLevel__Default"] = "Debug",
                    ["Hub__PublicUrl"] = "",
                },
                ["--urls=http://127.0.0.1:0", "--ConnectionStrings:Hub=Host=db"],
                """{"Hub":{"Outbound":{"AllowedNetworks":["10.0.0.0/8"]}}}"""
            )
        );

    [Fact]
    public void Settings_OfOptionsAndDocs_AreKnown()
    {
        var options = AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(assembly =>
                assembly.GetName().Name!.StartsWith("Hub.", StringComparison.Ordinal) && !assembly.GetName().Name!.EndsWith("Tests", StringComparison.Ordinal)
            )
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(each => each.Section is not null)
            .ToList();
        Assert.True(options.Count > 10, $"only {options.Count} classes of options were found");
        Assert.All(options.SelectMany(each => each.Type.GetProperties().Select(property => $"{each.Section}:{property.Name}")), path =>
            Assert.Contains(path, KnownSettings.All.Keys)
        );
        var page = File.ReadAllText(Path.Combine(ConformanceData.RepositoryRoot(), "docs", "operations.md"));
        var written = Written().Matches(page).Select(match => match.Value).Distinct().ToDictionary(name => name, string? (_) => "x");
        Assert.True(written.Count > 50, $"only {written.Count} names were found in the page");
        Assert.Empty(Of(written));
    }

    [GeneratedRegex("Hub__[A-Za-z0-9]+(__[A-Za-z0-9_]+)*(?=[` =:])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();

    private static IReadOnlyList<string> Of(Dictionary<string, string?> environment, string[]? arguments = null, string? json = null)
    {
        var folder = Directory.CreateTempSubdirectory("flowpilot-settings-");
        var names = environment.Keys.Where(name => Environment.GetEnvironmentVariable(Prefix + name) is null).ToList();
        try
        {
            foreach (var (name, value) in environment)
            {
                Environment.SetEnvironmentVariable(Prefix + name, value);
            }

            var builder = new ConfigurationBuilder();
            if (json is not null)
            {
                File.WriteAllText(Path.Combine(folder.FullName, "settings.json"), json);
                builder.SetBasePath(folder.FullName).AddJsonFile("settings.json");
            }

            return UnknownSettings.Of(builder.AddEnvironmentVariables(Prefix).AddCommandLine(arguments ?? []).Build());
        }
        finally
        {
            names.ForEach(name => Environment.SetEnvironmentVariable(Prefix + name, null));
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Keeps these variables from hubs that other tests start at the same time.</summary>
    private const string Prefix = "UNKNOWN_SETTINGS_TEST__";
}
