using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Engine.Bodies;

/// <summary>A query string as an object of its parameters. Unlike a form it needs no bounds of its own: a request line has a limit.</summary>
internal static class QueryFields
{
    /// <summary>Writes an object. Names keep their case; one that comes once has a text, one that comes several times an array of all its texts.</summary>
    /// <param name="query">With its question mark, or empty.</param>
    public static void Write(Utf8JsonWriter writer, string query)
    {
        if (query.Length < 2)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
            return;
        }

        var fields = new FormFields();
        foreach (var pair in new QueryStringEnumerable(query))
        {
            fields.Add(pair.DecodeName().ToString(), new FormValue(pair.DecodeValue().ToString()));
        }

        fields.WriteTo(writer);
    }
}
