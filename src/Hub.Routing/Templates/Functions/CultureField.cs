using System.Globalization;

namespace Hub.Routing.Templates.Functions;

/// <summary>One property of a culture, as the table of cultures writes it. The table names fields by their place in <see cref="All"/>.</summary>
internal sealed record CultureField(Func<NumberFormatInfo, DateTimeFormatInfo, string> Read, Action<NumberFormatInfo, DateTimeFormatInfo, string> Write)
{
    private const char ListSeparator = '|';

    public static IReadOnlyList<CultureField> All { get; } =
    [
        Number(n => n.CurrencyDecimalDigits, (n, v) => n.CurrencyDecimalDigits = v),
        Text((n, _) => n.CurrencyDecimalSeparator, (n, _, v) => n.CurrencyDecimalSeparator = v),
        Text((n, _) => n.CurrencyGroupSeparator, (n, _, v) => n.CurrencyGroupSeparator = v),
        Numbers(n => n.CurrencyGroupSizes, (n, v) => n.CurrencyGroupSizes = v),
        Number(n => n.CurrencyNegativePattern, (n, v) => n.CurrencyNegativePattern = v),
        Number(n => n.CurrencyPositivePattern, (n, v) => n.CurrencyPositivePattern = v),
        Text((n, _) => n.CurrencySymbol, (n, _, v) => n.CurrencySymbol = v),
        Text((n, _) => n.NegativeSign, (n, _, v) => n.NegativeSign = v),
        Text((n, _) => n.PositiveSign, (n, _, v) => n.PositiveSign = v),
        Number(n => n.NumberDecimalDigits, (n, v) => n.NumberDecimalDigits = v),
        Text((n, _) => n.NumberDecimalSeparator, (n, _, v) => n.NumberDecimalSeparator = v),
        Text((n, _) => n.NumberGroupSeparator, (n, _, v) => n.NumberGroupSeparator = v),
        Numbers(n => n.NumberGroupSizes, (n, v) => n.NumberGroupSizes = v),
        Number(n => n.NumberNegativePattern, (n, v) => n.NumberNegativePattern = v),
        Number(n => n.PercentDecimalDigits, (n, v) => n.PercentDecimalDigits = v),
        Text((n, _) => n.PercentDecimalSeparator, (n, _, v) => n.PercentDecimalSeparator = v),
        Text((n, _) => n.PercentGroupSeparator, (n, _, v) => n.PercentGroupSeparator = v),
        Numbers(n => n.PercentGroupSizes, (n, v) => n.PercentGroupSizes = v),
        Number(n => n.PercentNegativePattern, (n, v) => n.PercentNegativePattern = v),
        Number(n => n.PercentPositivePattern, (n, v) => n.PercentPositivePattern = v),
        Text((n, _) => n.PercentSymbol, (n, _, v) => n.PercentSymbol = v),
        Text((n, _) => n.PerMilleSymbol, (n, _, v) => n.PerMilleSymbol = v),
        Text((n, _) => n.NaNSymbol, (n, _, v) => n.NaNSymbol = v),
        Text((n, _) => n.PositiveInfinitySymbol, (n, _, v) => n.PositiveInfinitySymbol = v),
        Text((n, _) => n.NegativeInfinitySymbol, (n, _, v) => n.NegativeInfinitySymbol = v),
        Text((_, d) => d.AMDesignator, (_, d, v) => d.AMDesignator = v),
        Text((_, d) => d.PMDesignator, (_, d, v) => d.PMDesignator = v),
        Texts(d => d.AbbreviatedDayNames, (d, v) => d.AbbreviatedDayNames = v),
        Texts(d => d.DayNames, (d, v) => d.DayNames = v),
        Texts(d => d.AbbreviatedMonthNames, (d, v) => d.AbbreviatedMonthNames = v),
        Texts(d => d.AbbreviatedMonthGenitiveNames, (d, v) => d.AbbreviatedMonthGenitiveNames = v),
        Texts(d => d.MonthNames, (d, v) => d.MonthNames = v),
        Texts(d => d.MonthGenitiveNames, (d, v) => d.MonthGenitiveNames = v),
        new((_, d) => Written((int)d.CalendarWeekRule), (_, d, v) => d.CalendarWeekRule = (CalendarWeekRule)Parsed(v)),
        new((_, d) => Written((int)d.FirstDayOfWeek), (_, d, v) => d.FirstDayOfWeek = (DayOfWeek)Parsed(v)),
        Text((_, d) => d.DateSeparator, (_, d, v) => d.DateSeparator = v),
        Text((_, d) => d.TimeSeparator, (_, d, v) => d.TimeSeparator = v),
        Text((_, d) => d.FullDateTimePattern, (_, d, v) => d.FullDateTimePattern = v),
        Text((_, d) => d.LongDatePattern, (_, d, v) => d.LongDatePattern = v),
        Text((_, d) => d.LongTimePattern, (_, d, v) => d.LongTimePattern = v),
        Text((_, d) => d.MonthDayPattern, (_, d, v) => d.MonthDayPattern = v),
        Text((_, d) => d.ShortDatePattern, (_, d, v) => d.ShortDatePattern = v),
        Text((_, d) => d.ShortTimePattern, (_, d, v) => d.ShortTimePattern = v),
        Text((_, d) => d.YearMonthPattern, (_, d, v) => d.YearMonthPattern = v),
    ];

    private static CultureField Text(Func<NumberFormatInfo, DateTimeFormatInfo, string> read, Action<NumberFormatInfo, DateTimeFormatInfo, string> write) =>
        new(read, write);

    private static CultureField Number(Func<NumberFormatInfo, int> read, Action<NumberFormatInfo, int> write) =>
        new((n, _) => Written(read(n)), (n, _, text) => write(n, Parsed(text)));

    private static CultureField Numbers(Func<NumberFormatInfo, int[]> read, Action<NumberFormatInfo, int[]> write) =>
        new(
            (n, _) => string.Join(ListSeparator, read(n).Select(Written)),
            (n, _, text) => write(n, text.Length == 0 ? [] : [.. text.Split(ListSeparator).Select(Parsed)])
        );

    private static CultureField Texts(Func<DateTimeFormatInfo, string[]> read, Action<DateTimeFormatInfo, string[]> write) =>
        new((_, d) => string.Join(ListSeparator, read(d)), (_, d, text) => write(d, text.Split(ListSeparator)));

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Parsed(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
