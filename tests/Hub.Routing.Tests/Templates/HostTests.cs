using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Hub.Routing.Tests.Templates;

/// <summary>Runs tests of the languages once more in a process of another time zone, language and culture: nothing may come out differently.</summary>
public sealed partial class HostTests
{
    internal const string Marker = "FLOWPILOT_IN_OTHER_HOST";

    private static readonly Type[] Again =
    [
        typeof(OtherHostTests),
        typeof(BuiltinFunctionTests),
        typeof(DateTests),
        typeof(TemplateTests),
        typeof(LanguageTests),
        typeof(CultureTableTests),
        typeof(ScribanDocumentationTests),
        typeof(Conditions.ConditionRulesTests),
        typeof(Conditions.InstantTextTests),
        typeof(Schemas.PayloadSchemaTests),
    ];

    [Theory]
    [InlineData("Europe/Vienna", "tr_TR.UTF-8")]
    [InlineData("Pacific/Chatham", "fa_IR.UTF-8")]
    [InlineData("America/St_Johns", "de_AT.UTF-8")]
    public async Task Languages_OnAnotherHost_GiveTheSame(string zone, string language)
    {
        var classes = Again.SelectMany(type => new[] { "-class", type.FullName! });
        Assert.True(await RunAsync([.. classes], zone, language) > 300);
    }

    [Fact]
    public async Task Zones_WithoutTzdata_AreSaidToBeMissing()
    {
        var method = $"{typeof(OtherHostTests).FullName}.{nameof(OtherHostTests.Host_WithoutTzdata_SaysSo)}";
        Assert.Equal(1, await RunAsync(["-method", method], "UTC", "C.UTF-8", "/nonexistent"));
    }

    /// <summary>Expects that all go well, and gives their number.</summary>
    private static async Task<int> RunAsync(string[] arguments, string zone, string language, string? zones = null)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(HostTests).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        (start.Environment["TZ"], start.Environment["LANG"], start.Environment["LC_ALL"], start.Environment[Marker]) = (zone, language, language, "1");
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0";
        if (zones is not null)
        {
            start.Environment["TZDIR"] = zones;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen((await errors).Contains("valid ICU package", StringComparison.Ordinal), "this machine has no ICU");
        Assert.True(process.ExitCode == 0, output + await errors);
        return int.Parse(Total().Match(output).Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Total: (?<count>\d+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Total();
}
