using Hub.Fields;
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
            if (!NetworkText.TryParse(options.TrustedProxies[i], out _, out var error))
            {
                errors.Add($"Hub:TrustedProxies:{i} {error}");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Does not repeat the address, which may hold a password.</summary>
    private static void Check(string setting, string? given, List<string> errors)
    {
        if (!string.IsNullOrWhiteSpace(given) && ErrorOf(given) is { } error)
        {
            errors.Add($"Hub:{setting} cannot be used: {error} Write one such as https://hooks.example.com.");
        }
    }

    private static string? ErrorOf(string given) =>
        !Uri.TryCreate(given, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") ? "The URL does not begin with http:// or https://."
        : url.UserInfo.Length > 0 ? "The URL holds a user name or password."
        : url.Query.Length > 0 || url.Fragment.Length > 0 ? "The URL has a query or a fragment."
        : null;
}
