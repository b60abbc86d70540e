using Hub.Engine.Intake;
using Microsoft.Extensions.Options;

namespace Hub.Api;

/// <summary>Names every address that cannot be read: a typo must not make signatures fail or trust a stranger.</summary>
internal sealed class HubAddressOptionsValidator : IValidateOptions<HubAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, HubAddressOptions options)
    {
        var faults = new List<string>();
        Check(nameof(options.PublicUrl), options.PublicUrl, faults);
        Check(nameof(options.WebhookUrl), options.WebhookUrl, faults);

        for (var i = 0; i < options.TrustedProxies.Length; i++)
        {
            if (!AddressRanges.TryParse(options.TrustedProxies[i], out _, out var fault))
            {
                faults.Add($"Hub:TrustedProxies:{i} {fault}");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(string setting, string? given, List<string> faults)
    {
        if (
            !string.IsNullOrWhiteSpace(given)
            && !(Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "", UserInfo: "" })
        )
        {
            faults.Add($"Hub:{setting} '{given}' is not an address such as https://hooks.example.com.");
        }
    }
}
