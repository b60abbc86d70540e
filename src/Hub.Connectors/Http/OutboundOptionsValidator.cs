using Microsoft.Extensions.Options;

namespace Hub.Connectors.Http;

/// <summary>Names every network that cannot be read, so that a typo never opens or closes something silently.</summary>
internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var errors = new List<string>();
        for (var i = 0; i < options.AllowedNetworks.Length; i++)
        {
            if (!AllowedNetwork.TryParse(options.AllowedNetworks[i], out _, out var error))
            {
                errors.Add($"{OutboundOptions.Section}:{nameof(options.AllowedNetworks)}:{i} {error}");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
