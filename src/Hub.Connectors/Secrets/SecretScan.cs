using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Hub.Connectors.Secrets;

/// <summary>Looks through bytes for whether anything must be masked, without making a copy of them: most often nothing must.</summary>
/// <param name="search">What is looked for; null for nothing.</param>
internal sealed class SecretScan(SecretSearch? search)
{
    private const int ChunkChars = 16 << 10;

    /// <summary>Enough to see in one chunk, in characters, that a text may be coded.</summary>
    private const int LongestHint = 16;

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 1000 };

    /// <summary>False when nothing must be masked; true when something must, or when that cannot be told.</summary>
    public bool MayHold(ReadOnlySpan<byte> utf8)
    {
        if (HoldsAny(utf8))
        {
            return true;
        }

        // Escapes hide a secret from a search of the bytes, and headers are masked by their names.
        var hasHeaders = utf8.IndexOf("eaders\""u8) >= 0;
        return (hasHeaders || HasEscapes(utf8)) && MayHoldInJson(utf8, HasEscapes(utf8), hasHeaders);
    }

    /// <summary>The same of known secrets alone, whatever headers there are.</summary>
    public bool MayHoldSecret(ReadOnlySpan<byte> utf8) => HoldsAny(utf8) || (HasEscapes(utf8) && MayHoldInJson(utf8, hasEscapes: true, hasHeaders: false));

    private bool HasEscapes(ReadOnlySpan<byte> utf8) => search is not null && utf8.Contains((byte)'\\');

    private bool HoldsAny(ReadOnlySpan<byte> utf8)
    {
        if (search is null || utf8.Length < search.Shortest)
        {
            return false;
        }

        var chars = ArrayPool<char>.Shared.Rent(Math.Min(utf8.Length, ChunkChars) + Math.Max(search.Longest, LongestHint));
        try
        {
            var decoder = Encoding.UTF8.GetDecoder();
            var rest = utf8;
            var kept = 0;
            var mayBeCoded = false;
            while (true)
            {
                decoder.Convert(rest, chars.AsSpan(kept), flush: true, out var used, out var made, out var completed);
                var text = chars.AsSpan(0, kept + made);
                if (search.IsPlainlyIn(text))
                {
                    return true;
                }

                mayBeCoded = mayBeCoded || search.MayBeCoded(text);
                if (completed)
                {
                    return mayBeCoded && HoldsCoded(utf8, search);
                }

                // What begins at the end of this chunk may go on in the next.
                kept = Math.Min(Math.Max(search.Longest, LongestHint) - 1, text.Length);
                text[^kept..].CopyTo(chars);
                rest = rest[used..];
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }

    private static bool HoldsCoded(ReadOnlySpan<byte> utf8, SecretSearch search)
    {
        var chars = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(utf8.Length));
        try
        {
            return search.IsIn(chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, chars)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }

    private bool MayHoldInJson(ReadOnlySpan<byte> utf8, bool hasEscapes, bool hasHeaders)
    {
        var reader = new Utf8JsonReader(utf8, Reading);
        var headersDepth = -1;
        var isHeaders = false;
        try
        {
            while (reader.Read())
            {
                if (hasEscapes && reader.ValueIsEscaped && HoldsUnescaped(ref reader))
                {
                    return true;
                }

                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    isHeaders = hasHeaders && IsHeaders(ref reader);
                    if (reader.CurrentDepth == headersDepth && SecretNames.IsHeader(reader.GetString()!))
                    {
                        return true;
                    }
                }
                else if (reader.TokenType == JsonTokenType.StartObject)
                {
                    if (isHeaders && headersDepth >= 0)
                    {
                        // Headers within headers: rare enough to leave them to the copy.
                        return true;
                    }

                    headersDepth = isHeaders ? reader.CurrentDepth + 1 : headersDepth;
                    isHeaders = false;
                }
                else
                {
                    headersDepth = reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth < headersDepth ? -1 : headersDepth;
                    isHeaders = false;
                }
            }

            return false;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair: what cannot be read cannot be searched.
            return hasEscapes;
        }
    }

    private bool HoldsUnescaped(ref Utf8JsonReader reader)
    {
        var chars = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return search!.IsIn(chars.AsSpan(0, reader.CopyString(chars)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }

    private static bool IsHeaders(ref Utf8JsonReader reader) =>
        reader.ValueSpan.Length == "headers".Length && reader.GetString()!.Equals("headers", StringComparison.OrdinalIgnoreCase);
}
