using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Hub.Engine.Bodies;

/// <summary>
/// Objects that name a member twice. Readers differ on which one counts, so everybody is given JSON in which only the last one is left, the one that
/// counts for JSON.parse: what a filter has looked at is then what a step sends on.
/// </summary>
internal static class RepeatedNames
{
    /// <summary>The same, after a look whether there are any.</summary>
    public static ReadOnlySpan<byte> RemoveIfAny(ReadOnlySpan<byte> json) => JsonScan.Of(json) == JsonForm.WithRepeatedNames ? Remove(json) : json;

    /// <summary>The same JSON without the members that a later one of the same name replaces.</summary>
    /// <param name="json">Valid, and at most <see cref="TriggerBody.MaxDepth"/> deep.</param>
    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = TriggerBody.MaxDepth });
        using var document = JsonDocument.ParseValue(ref reader);
        var output = new ArrayBufferWriter<byte>(json.Length);
        Write(document.RootElement, output);
        return output.WrittenSpan;
    }

    private static void Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                output.Write("{"u8);
                WriteMembers(element, output);
                output.Write("}"u8);
                break;
            case JsonValueKind.Array:
                output.Write("["u8);
                var isFirst = true;
                foreach (var item in element.EnumerateArray())
                {
                    output.Write(isFirst ? default : ","u8);
                    Write(item, output);
                    isFirst = false;
                }

                output.Write("]"u8);
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private static void WriteMembers(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var replaced = Replaced(element);
        var (index, isFirst) = (0, true);
        foreach (var member in element.EnumerateObject())
        {
            if (replaced?.Contains(index++) == true)
            {
                continue;
            }

            output.Write(isFirst ? "\""u8 : ",\""u8);
            output.Write(JsonMarshal.GetRawUtf8PropertyName(member));
            output.Write("\":"u8);
            Write(member.Value, output);
            isFirst = false;
        }
    }

    /// <summary>The places of the members that later ones replace; null when there are none.</summary>
    private static HashSet<int>? Replaced(JsonElement element)
    {
        var count = element.GetPropertyCount();
        var (hashes, places) = (new int[count], new int[count]);
        var members = new JsonProperty[count];
        foreach (var (i, member) in element.EnumerateObject().Index())
        {
            (hashes[i], places[i], members[i]) = (HashOf(member), i, member);
        }

        Array.Sort(hashes, places);
        HashSet<int>? replaced = null;
        for (int begin = 0, end; begin < count; begin = end)
        {
            for (end = begin + 1; end < count && hashes[end] == hashes[begin]; end++) { }

            if (end - begin > 1)
            {
                foreach (var same in places[begin..end].Order().GroupBy(place => NameOf(members[place]), StringComparer.Ordinal))
                {
                    (replaced ??= []).UnionWith(same.SkipLast(1));
                }
            }
        }

        return replaced;
    }

    private static int HashOf(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return JsonScan.HashOf(raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(NameOf(member)) : raw);
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: the same only as what is written the same.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }
}
