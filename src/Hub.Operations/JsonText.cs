using System.Text.Json;
using System.Text.Unicode;
using Hub.Fields;
using Hub.Routing.Conditions;

namespace Hub.Operations;

/// <summary>Whether a body is JSON.</summary>
public static class JsonText
{
    private static readonly JsonReaderOptions JsonDepth = new() { MaxDepth = 256 };

    /// <summary>What is wrong with the bytes as JSON text, with its place; null when nothing is.</summary>
    public static string? ErrorOf(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return "it is not UTF-8";
        }

        try
        {
            var reader = new Utf8JsonReader(ByteOrderMark.Off(body), JsonDepth);
            while (reader.Read())
            {
                // Only whether it can be read to its end matters.
            }

            return null;
        }
        catch (JsonException exception)
        {
            return JsonSyntaxError.Of(exception, ByteOrderMark.Off(body)).ToString();
        }
    }
}
