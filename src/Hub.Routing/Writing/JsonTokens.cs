using System.Text.Json;

namespace Hub.Routing.Writing;

/// <summary>Counts what a document takes room for: a parsed one holds a row for each token, however few bytes that has.</summary>
public static class JsonTokens
{
    /// <summary>Whether valid JSON has more than so many values, names and ends of arrays and objects.</summary>
    public static bool AreMoreThan(int most, ReadOnlySpan<byte> json)
    {
        if (json.Length <= most || Bound(json) <= most)
        {
            return false;
        }

        // Texts can be full of commas, so it is counted exactly before it is refused.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        var count = 0;
        while (count <= most && reader.Read())
        {
            count++;
        }

        return count > most;
    }

    private static long Bound(ReadOnlySpan<byte> json) =>
        2L + json.Count((byte)',') + json.Count((byte)':') + (2L * (json.Count((byte)'{') + (long)json.Count((byte)'[')));
}
