using System.Diagnostics.CodeAnalysis;
using System.Net;
using Hub.Fields;

namespace Hub.Connectors.Http;

/// <summary>
/// Hosts that a credential may be sent to, written as <c>api.example.com, *.example.org, 10.0.0.7:8443</c>. A name stands for itself alone, <c>*.</c> for
/// every name below; with a port for that port only.
/// </summary>
public sealed class HostList
{
    private const string AnyBelow = "*.";
    private static readonly char[] Separators = [',', ' ', '\t'];

    private readonly IReadOnlyList<(string Name, int? Port)> _hosts;

    private HostList(IReadOnlyList<(string Name, int? Port)> hosts) => _hosts = hosts;

    /// <summary>No host at all.</summary>
    public static HostList None { get; } = new([]);

    public bool IsEmpty => _hosts.Count == 0;

    /// <summary>The host and port of one address.</summary>
    public static HostList Of(Uri url) => new([(NameOf(url), url.Port)]);

    /// <param name="text">As above; separated by commas or blanks.</param>
    /// <param name="hosts">What was read.</param>
    /// <param name="error">A sentence that says what is wrong.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostList? hosts, [NotNullWhen(false)] out string? error)
    {
        (hosts, error) = (null, null);
        var found = new List<(string, int?)>();
        foreach (var item in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseOne(item, out var host))
            {
                error = $"'{Characters.CutUnits(item, 100)}' is not a host.";
                return false;
            }

            found.Add(host);
        }

        error = found.Count == 0 ? "There is no host in it." : null;
        hosts = error is null ? new HostList(found) : null;
        return error is null;
    }

    public bool Allows(Uri url)
    {
        var name = NameOf(url);
        foreach (var (host, port) in _hosts)
        {
            if (
                (port is null || port == url.Port)
                && (host.StartsWith(AnyBelow, StringComparison.Ordinal) ? IsBelow(name, host.AsSpan(1)) : name.Equals(host, StringComparison.OrdinalIgnoreCase))
            )
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => string.Join(", ", _hosts.Select(static host => host.Port is { } port ? $"{host.Name}:{port}" : host.Name));

    private static bool TryParseOne(string item, out (string Name, int? Port) host)
    {
        host = default;
        var below = item.StartsWith(AnyBelow, StringComparison.Ordinal);
        var rest = below ? item[AnyBelow.Length..] : item;

        // Only a host and a port survive this as they are; everything else of an address leaves a trace.
        if (
            !Uri.TryCreate($"https://{rest}/", UriKind.Absolute, out var url)
            || url is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "", Host.Length: > 0 }
            || rest.AsSpan().ContainsAny('/', '\\', '*')
        )
        {
            return false;
        }

        var name = NameOf(url);
        var isName = url.HostNameType == UriHostNameType.Dns;
        if (isName ? name.Split('.').Any(static label => label.Length == 0) : below || !IPAddress.TryParse(name, out _))
        {
            return false;
        }

        // Everything below a top-level domain is nobody's in particular.
        host = (below ? AnyBelow + name : name, HasPort(rest) ? url.Port : null);
        return !below || name.Contains('.', StringComparison.Ordinal);
    }

    private static bool HasPort(string item) => item.LastIndexOf(':') is var colon and > 0 && colon > item.LastIndexOf(']');

    private static bool IsBelow(string name, ReadOnlySpan<char> suffix) =>
        name.Length > suffix.Length && name.AsSpan().EndsWith(suffix, StringComparison.OrdinalIgnoreCase);

    // The dot at the end of a name that is fully qualified says nothing about whose it is.
    private static string NameOf(Uri url) => url.IdnHost.TrimEnd('.').ToLowerInvariant();
}
