using Hub.Storage.Sources;

namespace Hub.Engine.Intake;

/// <summary>The URL that senders call. Whoever knows one may send, so where a URL is kept its token's hash stands for the token.</summary>
public static class IncomingAddress
{
    private const string Path = "/webhooks/incoming/";

    public static string Of(string hub, string token) => hub + Path + token;

    /// <summary>The URL as it is kept.</summary>
    public static string Mask(string url) =>
        Find(url) is { } place && AddressHash.Of(url[place]) is { } hash ? $"{url.AsSpan(..place.Start)}{{{hash}}}{url.AsSpan(place.End..)}" : url;

    /// <summary>The hash in a URL that is kept; null when there is none.</summary>
    public static AddressHash? HashOf(string kept) =>
        Find(kept) is { } place && kept.AsSpan(place) is ['{', .. { Length: 64 } hex, '}'] && Convert.FromHexString(hex) is { } hash
            ? AddressHash.From(hash)
            : null;

    /// <summary>The URL as it was called.</summary>
    public static string Restore(string kept, string token) =>
        Find(kept) is { } place ? $"{kept.AsSpan(..place.Start)}{token}{kept.AsSpan(place.End..)}" : kept;

    private static Range? Find(string url)
    {
        var start = url.IndexOf(Path, StringComparison.OrdinalIgnoreCase) + Path.Length;
        if (start < Path.Length)
        {
            return null;
        }

        var length = url.AsSpan(start).IndexOfAny('/', '?', '#');
        return start..(length < 0 ? url.Length : start + length);
    }
}
