using System.Globalization;

namespace Hub.Routing.Templates.Functions;

/// <summary>
/// Cultures by name. Where globalization is invariant the system knows none; those of which dates and numbers
/// are most often wanted are described here.
/// </summary>
internal static class Cultures
{
    private static readonly Dictionary<string, CultureInfo> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en-US"] = Make("en-US", ",", ".", "$", "M/d/yyyy", "h:mm:ss tt"),
        ["en-GB"] = Make("en-GB", ",", ".", "£", "dd/MM/yyyy", "HH:mm:ss"),
        ["fr-FR"] = Make("fr-FR", "\u202f", ",", "€", "dd/MM/yyyy", "HH:mm:ss",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "dimanche lundi mardi mercredi jeudi vendredi samedi", "dim. lun. mar. mer. jeu. ven. sam."),
        ["de-DE"] = Make("de-DE", ".", ",", "€", "dd.MM.yyyy", "HH:mm:ss",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
            "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag", "So Mo Di Mi Do Fr Sa"),
        ["es-ES"] = Make("es-ES", ".", ",", "€", "d/M/yyyy", "H:mm:ss",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            "domingo lunes martes miércoles jueves viernes sábado", "dom lun mar mié jue vie sáb"),
        ["it-IT"] = Make("it-IT", ".", ",", "€", "dd/MM/yyyy", "HH:mm:ss",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "domenica lunedì martedì mercoledì giovedì venerdì sabato", "dom lun mar mer gio ven sab"),
        ["nl-NL"] = Make("nl-NL", ".", ",", "€", "dd-MM-yyyy", "HH:mm:ss",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "jan feb mrt apr mei jun jul aug sep okt nov dec",
            "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag", "zo ma di wo do vr za"),
        ["pt-BR"] = Make("pt-BR", ".", ",", "R$", "dd/MM/yyyy", "HH:mm:ss",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
            "domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado", "dom. seg. ter. qua. qui. sex. sáb."),
    };

    /// <exception cref="ArgumentException">There is no such culture.</exception>
    public static CultureInfo Find(string name)
    {
        if (name.Length == 0)
        {
            return CultureInfo.InvariantCulture;
        }

        if (Known.TryGetValue(name, out var known))
        {
            return known;
        }

        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException e)
        {
            return Known.FirstOrDefault(k => k.Key.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase)).Value
                ?? throw new ArgumentException($"The culture `{name}` is not known; known are {string.Join(", ", Known.Keys)}", nameof(name), e);
        }
    }

    private static CultureInfo Make(
        string name, string group, string point, string currency, string date, string time,
        string? months = null, string? shortMonths = null, string? days = null, string? shortDays = null)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var (numbers, dates) = (culture.NumberFormat, culture.DateTimeFormat);
        (numbers.NumberGroupSeparator, numbers.CurrencyGroupSeparator, numbers.PercentGroupSeparator) = (group, group, group);
        (numbers.NumberDecimalSeparator, numbers.CurrencyDecimalSeparator, numbers.PercentDecimalSeparator) = (point, point, point);
        numbers.CurrencySymbol = currency;
        if (name is not ("en-US" or "en-GB" or "pt-BR" or "nl-NL"))
        {
            (numbers.CurrencyPositivePattern, numbers.CurrencyNegativePattern) = (3, 8);
        }
        else
        {
            (numbers.CurrencyPositivePattern, numbers.CurrencyNegativePattern) = name is "en-US" or "en-GB" ? (0, 1) : (2, 9);
        }

        (dates.ShortDatePattern, dates.LongTimePattern) = (date, time);
        if (months is not null)
        {
            (dates.MonthNames, dates.MonthGenitiveNames) = ([.. months.Split(' '), ""], [.. months.Split(' '), ""]);
            (dates.AbbreviatedMonthNames, dates.AbbreviatedMonthGenitiveNames) = ([.. shortMonths!.Split(' '), ""], [.. shortMonths.Split(' '), ""]);
            (dates.DayNames, dates.AbbreviatedDayNames) = (days!.Split(' '), shortDays!.Split(' '));
        }

        return CultureInfo.ReadOnly(culture);
    }
}
