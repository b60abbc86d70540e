using System.Security.Cryptography;
using System.Text;

namespace Hub.Engine.Resilience;

/// <summary>The address that a step calls, whole: the one that its input names, else the connector with the credential.</summary>
/// <param name="Hash">SHA-256: an address may hold a secret.</param>
/// <param name="Place">What may be shown of it.</param>
internal readonly record struct CallAddress(byte[] Hash, string Place)
{
    public static CallAddress Of(CallTarget target)
    {
        var (text, connector, credential) = (target.Address, target.Connector, target.Step.Credential);
        var place =
            Uri.TryCreate(text, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}"
            : credential is null ? $"The connector {connector}"
            : $"The connector {connector} with the credential '{credential}'";
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? $"{connector}|{credential}")), place);
    }
}
