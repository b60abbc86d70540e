using Hub.Engine.Intake;
using Microsoft.Extensions.Options;

namespace Hub.Api;

/// <summary>Names every address that cannot be read: a typo must not make signatures fail or trust a stranger.</summary>
internal sealed class HubAddressOptionsValidator : IValidateOptions<HubAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, HubAddressOptions options)
    {
        var errors = new List<string>();
        Check(nameof(options.PublicUrl), options.PublicUrl, errors);
        Check(nameof(options.WebhookUrl), options.WebhookUrl, errors);

        for (var i = 0; i < options.TrustedProxies.Length; i++)
        {
            if (!AddressRanges.TryParse(options.TrustedProxies[i], out _, out var error))
            {
                errors.Add($"Hub:TrustedProxies:{i} {error}");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Check(string setting, string? given, List<string> errors)
    {
        if (
            !string.IsNullOrWhiteSpace(given)
            && !(Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "", UserInfo: "" })
        )
        {
            errors.Add($"Hub:{setting} '{given}' is not an address such as https://hooks.example.com.");
        }
    }
}
