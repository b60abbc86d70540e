using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Engine.Steps;
using Hub.Routing.Workflows;

namespace Hub.Engine.Resilience;

/// <summary>The address that a step calls, whole: the URL of its input, else the connector with the credential.</summary>
/// <param name="Hash">SHA-256: an address may hold a secret.</param>
/// <param name="Place">What may be shown of it.</param>
internal readonly record struct CallAddress(byte[] Hash, string Place)
{
    public static CallAddress Of(StepDefinition step, JsonElement input)
    {
        var connector = step.Type[..step.Type.IndexOf('.')];
        var text = InputText.Get(input, "url");
        var place =
            Uri.TryCreate(text, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}"
            : step.Credential is null ? $"The connector {connector}"
            : $"The connector {connector} with the credential '{step.Credential}'";
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? $"{connector}|{step.Credential}")), place);
    }
}
