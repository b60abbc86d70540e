using System.Diagnostics.CodeAnalysis;
using System.Text;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Fields.Headers;

namespace Hub.Connectors.BuiltIn.Http;

/// <summary>Turns the credential into headers. It wins over headers of the same name that the workflow gives.</summary>
internal static class HttpCredential
{
    /// <summary>The field with the hosts that it may be sent to.</summary>
    public const string Hosts = "hosts";

    public static bool TryApply(
        IReadOnlyDictionary<string, string>? credential,
        Dictionary<string, string> headers,
        [NotNullWhen(false)] out ConnectorError? error
    )
    {
        error = null;
        if (credential is null)
        {
            return true;
        }

        if (ErrorOf(credential) is { } wrong)
        {
            error = FieldErrors.InvalidCredential(wrong);
            return false;
        }

        var (token, user, password) = (Field("token"), Field("username"), Field("password"));
        if (token.Length > 0)
        {
            headers["Authorization"] = "Bearer " + token;
        }
        else if (user.Length + password.Length > 0)
        {
            headers["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        }

        if (Field("headerName") is { Length: > 0 } name)
        {
            headers[name] = Field("headerValue");
        }

        return true;

        string Field(string field) => credential.GetValueOrDefault(field) ?? "";
    }

    /// <summary>Where it may be sent: to its hosts, else to the one that the step writes out, else nowhere. Null without a credential.</summary>
    public static HostList? HostsOf(ActionContext context, Uri url) =>
        context switch
        {
            { Credential: null } => null,
            { Credential: var fields } when fields.GetValueOrDefault(Hosts) is { Length: > 0 } text => HostList.TryParse(text, out var hosts, out _)
                ? hosts
                : HostList.None,
            { HostIsWrittenOut: true } => HostList.Of(url),
            _ => HostList.None,
        };

    public static string? ErrorOf(IReadOnlyDictionary<string, string> credential)
    {
        return ErrorOf(Field("token"), Field("username"), Field("password"), Field("headerName"), Field("headerValue"))
            ?? (
                Field(Hosts) is { Length: > 0 } hosts && !HostList.TryParse(hosts, out _, out var error)
                    ? $"The credential's hosts cannot be read: {error}"
                    : null
            );

        string Field(string field) => credential.GetValueOrDefault(field) ?? "";
    }

    private static string? ErrorOf(string token, string user, string password, string name, string value) =>
        token.Length > 0 && user.Length + password.Length > 0 ? "The credential has both a token and a user name with password; keep one."
        : user.Contains(':', StringComparison.Ordinal) ? "The credential's user name holds a colon, which Basic authentication cannot send."
        : name.Length > 0 != value.Length > 0 ? "The credential's headerName and headerValue go together."
        : name.Length > 0 && (!HeaderRules.IsName(name) || HeaderRules.IsFraming(name)) ? "The credential's headerName cannot be used."
        : !HeaderRules.IsValue(token) || !HeaderRules.IsValue(value) ? "The credential holds a line break or another control character."
        : null;
}
