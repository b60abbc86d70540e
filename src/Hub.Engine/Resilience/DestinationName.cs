using System.Security.Cryptography;
using System.Text;
using Hub.Fields;

namespace Hub.Engine.Resilience;

/// <summary>The destination a call goes to: the action's connector, the credential and, when the input names an address, its host.</summary>
internal static class DestinationName
{
    /// <summary>A name that is longer ends with its hash: it is kept in an index.</summary>
    private const int Longest = 400;

    public static string Of(CallTarget target)
    {
        var host = Uri.TryCreate(target.Address, UriKind.Absolute, out var url) ? url.Authority : "";
        var name = $"{target.Connector}|{target.Step.Credential}|{host}";
        return name.Length <= Longest
            ? name
            : $"{name[..Characters.WholeUnits(name, Longest)]}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
    }
}
