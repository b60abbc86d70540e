using System.Globalization;
using System.Runtime.CompilerServices;
using Hub.Routing.Templates.Functions;

namespace Hub.Routing.Tests.Templates;

/// <summary>
/// Holds the table of cultures against .NET's own, where a process has those (see <see cref="HostTests"/>) and they are of the same version of the data.
/// FLOWPILOT_UPDATE_CULTURES=1 with DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 writes it anew.
/// </summary>
public sealed class CultureTableTests
{
    private static readonly string[] NumberFormats = ["N2", "C", "P1", "E3", "#,##0.##;(0)"];
    private static readonly string[] DateFormats = ["d", "D", "f", "g", "T", "t", "M", "Y", "ddd d MMM", "dddd, MMMM yyyy", "h:mm tt"];

    private static bool IsInvariant => CultureInfo.GetCultures(CultureTypes.AllCultures).Length == 1;

    private static string Version =>
        $"# Cultures of .NET with ICU (CLDR data, Unicode License v3), collation {CultureInfo.GetCultureInfo("en").CompareInfo.Version.FullVersion:x}. "
        + "Written by CultureTableTests.";

    [Fact]
    public void Table_OfTheSameVersion_FormatsLikeDotNet()
    {
        Assert.SkipWhen(IsInvariant, "this process has no cultures but the invariant one");
        if (Environment.GetEnvironmentVariable("FLOWPILOT_UPDATE_CULTURES") == "1")
        {
            File.WriteAllLines(TablePath(), [Version, .. Names().Select(Line)]);
            return;
        }

        Assert.SkipUnless(File.ReadLines(TablePath()).First() == Version, "the system has another version of the data");
        Assert.Equal(Names(), CultureTable.Names);
        Assert.All(Names(), name => Assert.Equal(Formatted(CultureInfo.GetCultureInfo(name)), Formatted(Cultures.Find(name))));
    }

    [Fact]
    public void Find_EveryName_GivesACultureThatFormatsAndReadsItsOwnDates()
    {
        Assert.InRange(CultureTable.Names.Count, 800, 2000);
        var date = new DateTime(2026, 11, 26, 21, 5, 9);
        foreach (var name in CultureTable.Names)
        {
            var culture = Cultures.Find(name);
            Assert.NotEqual("", 1234.5.ToString("N2", culture));
            Assert.Equal(date.Date, DateTime.ParseExact(date.ToString("yyyy MMMM dd", culture), "yyyy MMMM dd", culture));
        }
    }

    private static string[] Names()
    {
        var listed = CultureInfo.GetCultures(CultureTypes.AllCultures).Select(culture => culture.Name).Where(name => name.Length > 0).ToList();

        // zh-CN is not listed, but zh-Hans-CN is; people write the first.
        var without = listed
            .Select(name => name.Split('-'))
            .Where(parts => parts is [_, { Length: 4 }, _])
            .Select(parts => $"{parts[0]}-{parts[2]}")
            .Where(IsKnown);
        return [.. listed.Concat(without).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
    }

    private static bool IsKnown(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name == name;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private static string Line(string name)
    {
        var culture = CultureInfo.GetCultureInfo(name);
        var parent = Names().Contains(culture.Parent.Name) ? culture.Parent : CultureInfo.InvariantCulture;
        return CultureTable.Line(name, parent.Name, culture, parent);
    }

    private static string Formatted(CultureInfo culture)
    {
        var dates = (DateTimeFormatInfo)culture.DateTimeFormat.Clone();
        if (dates.Calendar is not GregorianCalendar)
        {
            dates.Calendar = culture.OptionalCalendars.OfType<GregorianCalendar>().First();
        }

        var moments = Enumerable.Range(1, 12).Select(month => new DateTime(2026, month, month, month + 6, 5, 9));
        return string.Join(
            '\n',
            NumberFormats
                .Select(format => (-1234567.891).ToString(format, culture.NumberFormat))
                .Concat(DateFormats.SelectMany(format => moments.Select(moment => moment.ToString(format, dates))))
        );
    }

    private static string TablePath([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "../../../src/Hub.Routing/Templates/Functions/cultures.txt");
}
