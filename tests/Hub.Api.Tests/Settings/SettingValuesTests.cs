using System.Globalization;
using System.Reflection;
using Hub.Api.Settings;
using Hub.Engine;
using Hub.Storage.Pausing;
using Microsoft.Extensions.Configuration;

namespace Hub.Api.Tests.Settings;

/// <summary>What people write as the value of a setting is read in one grammar, and what cannot be used is told in their words.</summary>
public sealed class SettingValuesTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3600)]
    [InlineData("1.5m", 90)]
    [InlineData("PT30S", 30)]
    [InlineData("00:00:30", 30)]
    [InlineData(" 30s ", 30)]
    [InlineData("500ms", 0.5)]
    public void Duration_InAnyForm_IsBound(string text, double seconds)
    {
        var configuration = Configure(("Hub:Engine:StepTimeout", text));
        Assert.Empty(SettingValues.Settle(configuration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), configuration.GetSection(EngineOptions.Section).Get<EngineOptions>()!.StepTimeout);
    }

    [Theory]
    [InlineData("Hub:Engine:StepTimeout", "30", "has no unit. Did you mean 30s? Write a duration from 100ms to 1h, such as")]
    [InlineData("Hub:Engine:StepTimeout", "1.5", "has no unit. Did you mean 1.5s?")]
    [InlineData("Hub:Engine:Lease", "soon", "is no duration. Write a duration from 2s to 10m, such as 2s, 30s, 5m, PT2S, 00:00:02 or 00:00:30.")]
    [InlineData("Hub:Engine:Lease", "00:10", "is no duration. It may be hours and minutes, or minutes and seconds: write 10m or 10s. Write a duration")]
    [InlineData("Hub:Quarantine:Pace", "50", "has no unit. Did you mean 50ms?")]
    [InlineData("Hub:Engine:Lease", "5000", "has no unit. Did you mean 5000ms?")]
    [InlineData("Hub:Quarantine:Pace", "99999999", "has no unit. Write a duration")]
    [InlineData("Hub:Engine:MaxRetryAfter", "48:00:00", "is no duration. Write a duration from 1s to 1d")]
    [InlineData("Hub:Engine:MaxRetryAfter", "2d", "is out of range. Write a duration from 1s to 1d")]
    [InlineData("Hub:Inbox:MaxWaiting", "many", "is no whole number. Write a whole number from 1 to 1000000, in digits alone.")]
    [InlineData("Hub:Inbox:MaxWaiting", "0x10", "is no whole number.")]
    [InlineData("Hub:Inbox:MaxWaiting", "10 000", "is no whole number.")]
    [InlineData("Hub:Inbox:MaxWaiting", "99999999999999999999", "is out of range. Write a whole number from 1 to 1000000")]
    [InlineData("Hub:Inbox:MaxWaitingBytes", "1", "is out of range. Write a whole number from 1048576 to 4294967296")]
    [InlineData("Hub:Breakers:FailureRatio", "0,9", "is no number. Write a number from 0.01 to 1, with a point before its fraction.")]
    [InlineData("Hub:Breakers:FailureRatio", "2", "is out of range.")]
    [InlineData("Hub:Start", "pasued", "is not known. Did you mean paused? Write auto, paused or running.")]
    [InlineData("Hub:Start", "1", "is not known. Write auto, paused or running.")]
    [InlineData("Hub:Embedded:Port", "-1", "is out of range. Write a whole number from 0 to 65535")]
    [InlineData("Hub:Connectors:Slack:BaseAddress", "slack", "is no address.")]
    [InlineData("Logging:LogLevel:Default", "debugg", "is not known. Did you mean debug?")]
    [InlineData("Logging:Console:LogLevel:Hub", "loud", "is not known. Write trace, debug, information, warning, error, critical or none.")]
    public void Value_ThatCannotBeUsed_IsToldWithTheRemedyAndPutAside(string path, string text, string told)
    {
        var configuration = Configure((path, text));
        var error = Assert.Single(SettingValues.Settle(configuration));
        Assert.Equal(path, error.Path);
        Assert.StartsWith($"{path} (configuration) is '{text}', which {told}", error.Sentence, StringComparison.Ordinal);
        Assert.Empty(SettingValues.Settle(configuration));
    }

    [Fact]
    public void Value_OfAnEnumeration_IsBoundInWhateverCapitals()
    {
        var configuration = Configure(("Hub:Start", "PAUSED"));
        Assert.Empty(SettingValues.Settle(configuration));
        Assert.Equal(HubStart.Paused, configuration.GetSection("Hub").Get<HubStartOptions>()!.Start);
    }

    [Fact]
    public void Value_ThatIsEmpty_IsAsIfNotGiven()
    {
        var configuration = Configure(("Hub:Engine:StepTimeout", ""), ("Hub:Engine:Concurrency", " "), ("Hub:Embedded:Port", ""));
        Assert.Empty(SettingValues.Settle(configuration));
        var engine = configuration.GetSection(EngineOptions.Section).Get<EngineOptions>()!;
        Assert.Equal((new EngineOptions().StepTimeout, new EngineOptions().Concurrency), (engine.StepTimeout, engine.Concurrency));
    }

    /// <summary>Whatever option is added: it takes its own default, and nothing that is none of its values reaches the framework's binder.</summary>
    [Fact]
    public void EverySetting_TakesItsDefaultAndRefusesNonsense()
    {
        var values = KnownSettings.All.Where(static each => each.Value is { Kind: SettingKind.Value, Type: { } type } && type != typeof(string)).ToList();
        Assert.True(values.Count > 60, $"only {values.Count} settings were found");
        var defaults = Configure([
            .. values.Where(static each => each.Value.Default is not null).Select(static each => (each.Key, WrittenDefault(each.Value))),
        ]);
        Assert.Empty(SettingValues.Settle(defaults).Select(static error => error.Sentence));
        foreach (var nonsense in new[] { "nonsense", "-99999999999999999999", "99999999999999999999" })
        {
            var configuration = Configure([.. values.Select(each => (each.Key, nonsense))]);
            var errors = SettingValues.Settle(configuration);
            Assert.Equal(values.Select(static each => each.Key).Order(), errors.Select(static error => error.Path).Order());
            foreach (var type in values.Select(static each => each.Value.Property!.DeclaringType!).Distinct())
            {
                var section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string ?? "Hub";
                configuration.GetSection(section).Get(type);
            }
        }
    }

    /// <summary>An example that is copied must be taken.</summary>
    [Fact]
    public void Examples_OfEveryDuration_AreTaken()
    {
        foreach (var (path, _) in KnownSettings.All.Where(static each => each.Value.Type == typeof(TimeSpan)))
        {
            var sentence = Assert.Single(SettingValues.Settle(Configure((path, "nonsense")))).Sentence;
            var examples = sentence[(sentence.IndexOf("such as ", StringComparison.Ordinal) + 8)..].TrimEnd('.').Split([", ", " or "], StringSplitOptions.None);
            Assert.True(examples.Length > 1, sentence);
            Assert.All(examples, example => Assert.Empty(SettingValues.Settle(Configure((path, example))).Select(static error => error.Sentence)));
        }
    }

    [Theory]
    [InlineData("Hub:Connectors:Slack:BaseAddress", "user:hidden-word@slack")]
    [InlineData("Hub:Embedded:Port", "postgres://hub:hidden-word@db/hub")]
    [InlineData("Hub:Start", "Host=db;Password=hidden-word")]
    public void Value_ThatMayHoldAPassword_IsNotShown(string path, string text)
    {
        var errors = SettingValues.Settle(Configure((path, text)));
        Assert.All(errors, error =>
            Assert.StartsWith($"{path} (configuration) is a value that may hold a password, which", error.Sentence, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("hidden-word", string.Concat(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_IsWrittenAsItWasGiven()
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(["--Hub:Start=pasued"]).Build();
        Assert.StartsWith("Hub:Start (command line) is 'pasued'", Assert.Single(SettingValues.Settle(configuration)).Sentence, StringComparison.Ordinal);
    }

    private static string WrittenDefault(KnownSetting setting) => Convert.ToString(setting.Default, CultureInfo.InvariantCulture)!.ToLowerInvariant();

    private static IConfigurationRoot Configure(params (string Path, string Text)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static each => each.Path, static each => (string?)each.Text)).Build();
}
