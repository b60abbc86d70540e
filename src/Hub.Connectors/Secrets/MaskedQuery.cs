using System.Text;
using System.Text.Json;

namespace Hub.Connectors.Secrets;

/// <summary>Masks the values of query parameters whose names carry credentials, and those that hold a known secret.</summary>
public static class MaskedQuery
{
    /// <summary>The query string of a request that came in; the same text when nothing is masked.</summary>
    /// <param name="query">With its question mark, or empty.</param>
    public static string Of(string query, SecretMask mask) => query.Length < 2 ? query : Of(query, 1, mask, SecretNames.IsParameter);

    /// <summary>The same for the address of such a request.</summary>
    public static string OfUrl(string url, SecretMask mask) => OfUrl(url, mask, SecretNames.IsParameter);

    /// <summary>Whether the input of a call has such parameters, in its address or its <c>query</c>.</summary>
    /// <param name="destination">The input that holds an address; null for none.</param>
    internal static bool IsIn(JsonElement input, string? destination) =>
        input.ValueKind == JsonValueKind.Object
        && (
            (
                destination is not null
                && input.TryGetProperty(destination, out var url)
                && url.ValueKind == JsonValueKind.String
                && TextOf(url) is var text
                && OfOutgoingUrl(text) != text
            )
            || (
                input.TryGetProperty("query"u8, out var query)
                && query.ValueKind == JsonValueKind.Object
                && query.EnumerateObject().Any(static member => SecretNames.IsOutgoingParameter(member.Name))
            )
        );

    internal static string OfOutgoingUrl(string url) => OfUrl(url, SecretMask.None, SecretNames.IsOutgoingParameter);

    private static string OfUrl(string url, SecretMask mask, Func<string, bool> isSecret)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? mask.Mask(url) : Of(url, mark + 1, mask, isSecret);
    }

    // The whole is masked once more: a secret may stand as a name, or hold a mark that parts names from values.
    private static string Of(string text, int start, SecretMask mask, Func<string, bool> isSecret) => mask.Mask(OfPairs(text, start, mask, isSecret));

    private static string OfPairs(string text, int start, SecretMask mask, Func<string, bool> isSecret)
    {
        StringBuilder? masked = null;
        for (var from = start; from < text.Length; )
        {
            var end = text.AsSpan(from).IndexOfAny('&', '#') is var found and >= 0 ? from + found : text.Length;
            var pair = text.AsSpan(from, end - from);
            var equals = pair.IndexOf('=');
            if (
                equals >= 0
                && equals + 1 < pair.Length
                && (isSecret(Decode(pair[..equals])) || mask.IsIn(pair[(equals + 1)..]) || mask.IsIn(Decode(pair[(equals + 1)..])))
            )
            {
                masked ??= new StringBuilder(text, 0, from, text.Length);
                masked.Append(pair[..(equals + 1)]).Append(SecretMask.Replacement);
            }
            else
            {
                masked?.Append(pair);
            }

            if (end == text.Length || text[end] == '#')
            {
                return masked?.Append(text, end, text.Length - end).ToString() ?? text;
            }

            masked?.Append('&');
            from = end + 1;
        }

        return masked?.ToString() ?? text;
    }

    private static string Decode(ReadOnlySpan<char> part)
    {
        var text = part.ToString();
        return text.AsSpan().ContainsAny('%', '+') ? Uri.UnescapeDataString(text.Replace('+', ' ')) : text;
    }

    // Half a surrogate pair cannot be read, nor can it be sent.
    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
