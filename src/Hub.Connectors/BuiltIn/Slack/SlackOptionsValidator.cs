using Hub.Connectors.Http;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.BuiltIn.Slack;

internal sealed class SlackOptionsValidator : IValidateOptions<SlackOptions>
{
    /// <summary>Does not repeat the address, which may hold a password.</summary>
    public ValidateOptionsResult Validate(string? name, SlackOptions options) =>
        ErrorOf(options.BaseAddress) is { } error
            ? ValidateOptionsResult.Fail(
                $"{SlackOptions.Section}:{nameof(options.BaseAddress)} cannot be used: {error} Write one such as https://slack.com/api/."
            )
            : ValidateOptionsResult.Success;

    private static string? ErrorOf(Uri address) =>
        UrlRules.ErrorOf(address)
        ?? (
            address.Query.Length > 0 || address.Fragment.Length > 0 ? "The URL has a query or a fragment."
            : address.AbsolutePath.EndsWith('/') ? null
            : "The URL does not end with a slash."
        );
}
