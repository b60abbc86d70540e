using Hub.Fields.Headers;

namespace Hub.Connectors.Http;

/// <summary>One outgoing call.</summary>
/// <param name="Method">Upper-case: <c>POST</c>.</param>
/// <param name="Url">Absolute, http or https, without user information.</param>
public sealed record OutboundRequest(string Method, Uri Url)
{
    /// <summary>Names and values already checked with <see cref="HeaderRules"/>. A Content-Type here wins over <see cref="ContentType"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Null sends no body; empty sends an empty one.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Secret values. A header that holds one is not sent to another origin, and errors never show them.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];

    /// <summary>Where a credential among the headers may go. A request with <see cref="Secrets"/> is sent nowhere else, and nowhere without this.</summary>
    public HostList? CredentialHosts { get; init; }

    /// <summary>Time for the whole call, at most a day; null takes <see cref="OutboundOptions.RequestTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the credential, if there is one, may go to this address.</summary>
    public bool MayGoTo(Uri url) => CredentialHosts?.Allows(url) ?? Secrets.Count == 0;
}
