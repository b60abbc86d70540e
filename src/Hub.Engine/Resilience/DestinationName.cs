using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Engine.Steps;
using Hub.Fields;
using Hub.Routing.Workflows;

namespace Hub.Engine.Resilience;

/// <summary>The destination a call goes to: the action's connector, the credential and, when the input names a URL, its host.</summary>
internal static class DestinationName
{
    /// <summary>A name that is longer ends with its hash: it is kept in an index.</summary>
    private const int Longest = 400;

    public static string Of(StepDefinition step, JsonElement input)
    {
        var connector = step.Type[..step.Type.IndexOf('.')];
        var host = Uri.TryCreate(InputText.Get(input, "url"), UriKind.Absolute, out var url) ? url.Authority : "";
        var name = $"{connector}|{step.Credential}|{host}";
        return name.Length <= Longest
            ? name
            : $"{name[..Characters.WholeUnits(name, Longest)]}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
    }
}
