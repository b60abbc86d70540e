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
            var text = options.AllowedNetworks[i];
            if (!AllowedNetwork.TryParse(text, out _))
            {
                errors.Add(
                    $"{OutboundOptions.Section}:AllowedNetworks:{i} '{text}' is not a network. Write it as CIDR, "
                        + "such as 10.20.0.0/16 or fd00:1::/32, and with a port or several as 192.168.1.7/32:8443 or 10.20.0.0/16:8000-8099."
                );
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
