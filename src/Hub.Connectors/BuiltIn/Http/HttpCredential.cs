using System.Diagnostics.CodeAnalysis;
using System.Text;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;

namespace Hub.Connectors.BuiltIn.Http;

/// <summary>Turns the credential into headers. It wins over headers of the same name that the workflow gives.</summary>
internal static class HttpCredential
{
    public static bool TryApply(
        IReadOnlyDictionary<string, string>? credential,
        Dictionary<string, string> headers,
        [NotNullWhen(false)] out ConnectorError? error)
    {
        error = null;
        if (credential is null)
        {
            return true;
        }

        var token = Field("token");
        var user = Field("username");
        var password = Field("password");
        var name = Field("headerName");
        var value = Field("headerValue");
        if (FaultOf(token, user, password, name, value) is { } fault)
        {
            error = FieldFaults.InvalidCredential(fault);
            return false;
        }

        if (token.Length > 0)
        {
            headers["Authorization"] = "Bearer " + token;
        }
        else if (user.Length + password.Length > 0)
        {
            headers["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        }

        if (name.Length > 0)
        {
            headers[name] = value;
        }

        return true;

        string Field(string field) => credential.GetValueOrDefault(field) ?? "";
    }

    private static string? FaultOf(string token, string user, string password, string name, string value) =>
        token.Length > 0 && user.Length + password.Length > 0 ? "The credential has both a token and a user name with password; keep one."
        : user.Contains(':', StringComparison.Ordinal) ? "The credential's user name holds a colon, which Basic authentication cannot send."
        : name.Length > 0 != value.Length > 0 ? "The credential's headerName and headerValue go together."
        : name.Length > 0 && (!HeaderRules.IsName(name) || HeaderRules.IsFraming(name)) ? "The credential's headerName cannot be used."
        : !HeaderRules.IsValue(token) || !HeaderRules.IsValue(value) ? "The credential holds a line break or another control character."
        : null;
}
