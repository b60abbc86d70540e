using Hub.Engine.Intake;
using Hub.Fields;
using Hub.Fields.Headers;

namespace Hub.Operations.Sources;

/// <summary>What the settings must fulfil by which a Source admits requests.</summary>
internal static class AdmissionSettingsRules
{
    private const int MostContentTypes = 50;
    private const int MostAddresses = 500;
    private const int MostPerSecond = 100_000;
    private const double LeastPerSecond = 0.01;

    public static void Check(NewSource source, List<FieldError> errors)
    {
        var methods = string.Join(", ", AdmissionRules.KnownMethods);
        CheckEach(
            source.Methods,
            "/methods",
            "method_invalid",
            AdmissionRules.KnownMethods.Count,
            $"Methods are {methods}.",
            "Leave it out to take POST alone.",
            errors,
            method => AdmissionRules.KnownMethods.Contains(method) ? null : $"'{method}' is none of {methods}."
        );
        CheckEach(
            source.ContentTypes,
            "/contentTypes",
            "content_type_invalid",
            MostContentTypes,
            "Such as 'application/json' or 'text/*', without parameters.",
            "Leave it out to take every type.",
            errors,
            type => IsMediaType(type) ? null : $"'{type}' is not a media type."
        );
        CheckEach(
            source.AllowedAddresses,
            "/allowedAddresses",
            "address_invalid",
            MostAddresses,
            "Such as 203.0.113.0/24, 198.51.100.7 or 2001:db8::/32.",
            "Leave it out to take requests from everywhere.",
            errors,
            address => NetworkText.TryParse(address, out _, out var error) ? null : error
        );
        if (source.RateLimit is { } rate)
        {
            CheckRate(rate, errors);
        }
    }

    private static void CheckEach(
        IReadOnlyList<string>? values,
        string place,
        string code,
        int most,
        string remedy,
        string leave,
        List<FieldError> errors,
        Func<string, string?> errorOf
    )
    {
        if (values is { Count: 0 } || values?.Count > most)
        {
            errors.Add(new(place, code, $"The list has 1 to {most} entries.", leave));
            return;
        }

        for (var i = 0; i < values?.Count; i++)
        {
            if ((values[i] is { } value ? errorOf(value) : "An entry is a text.") is { } error)
            {
                errors.Add(new($"{place}/{i}", code, error, remedy));
            }
        }
    }

    private static bool IsMediaType(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && text.Length <= 127 && text[0] != '*' && HeaderRules.IsName(text.AsSpan(0, slash)) && HeaderRules.IsName(text.AsSpan(slash + 1));
    }

    private static void CheckRate(NewRateLimit rate, List<FieldError> errors)
    {
        SourceRules.CheckUnknown(rate.Unknown, "/rateLimit", "perSecond and burst", errors);
        if (rate.PerSecond is not (>= LeastPerSecond and <= MostPerSecond))
        {
            errors.Add(
                new(
                    "/rateLimit/perSecond",
                    "rate_invalid",
                    $"A rate lies between {LeastPerSecond} and {MostPerSecond} requests a second.",
                    "Leave out rateLimit to take any number."
                )
            );
        }

        if (rate.Burst is < 1 or > MostPerSecond)
        {
            errors.Add(
                new("/rateLimit/burst", "rate_invalid", $"A burst lies between 1 and {MostPerSecond} requests.", "Leave it out for the requests of a second.")
            );
        }
    }
}
