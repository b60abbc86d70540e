using Hub.Engine.Intake;
using Microsoft.Extensions.Options;

namespace Hub.Api;

/// <summary>Names every address that cannot be read: a typo must not make signatures fail or trust a stranger.</summary>
internal sealed class HubAddressOptionsValidator : IValidateOptions<HubAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, HubAddressOptions options)
    {
        var faults = new List<string>();
        if (!string.IsNullOrWhiteSpace(options.PublicUrl)
            && !(Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "", UserInfo: "" }))
        {
            faults.Add($"Hub:PublicUrl '{options.PublicUrl}' is not an address such as https://hooks.example.com.");
        }

        for (var i = 0; i < options.TrustedProxies.Length; i++)
        {
            if (!AddressRanges.TryParse(options.TrustedProxies[i], out _, out var fault))
            {
                faults.Add($"Hub:TrustedProxies:{i} {fault}");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
