using System.Text.Json;
using Hub.Fields;

namespace Hub.Connectors.Http;

/// <summary>Counts what a document takes room for: a parsed one holds a row for each token, however few bytes that has.</summary>
internal static class JsonTokens
{
    /// <summary>Whether it is JSON of more than so many values, names and ends of arrays and objects.</summary>
    public static bool AreMoreThan(int most, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= most || Bound(utf8) <= most)
        {
            return false;
        }

        // Texts can be full of commas, so it is counted exactly before it is refused.
        var reader = new Utf8JsonReader(ByteOrderMark.Off(utf8), new JsonReaderOptions { MaxDepth = ResponseBody.MaxDepth });
        var count = 0;
        try
        {
            while (count <= most && reader.Read())
            {
                count++;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return count > most;
    }

    private static long Bound(ReadOnlySpan<byte> utf8) =>
        2L + utf8.Count((byte)',') + utf8.Count((byte)':') + (2L * (utf8.Count((byte)'{') + (long)utf8.Count((byte)'[')));
}
