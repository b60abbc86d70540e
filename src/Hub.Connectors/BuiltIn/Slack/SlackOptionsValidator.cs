using Hub.Connectors.Http;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.BuiltIn.Slack;

internal sealed class SlackOptionsValidator : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options) =>
        options.BaseAddress.IsAbsoluteUri && options.BaseAddress.AbsoluteUri.EndsWith('/') && UrlRules.ErrorOf(options.BaseAddress) is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{SlackOptions.Section}:BaseAddress '{options.BaseAddress}' is no http or https address that ends with a slash, "
                    + "such as https://slack.com/api/."
            );
}
