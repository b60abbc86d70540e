using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Text;

/// <summary>Finds members by name; of duplicates the last one counts, as in JsonElement.TryGetProperty.</summary>
internal static class JsonNames
{
    public static bool TryGet(QueryRun? run, JsonElement owner, ReadOnlySpan<byte> name, out JsonElement value)
    {
        if (run is { HasBrokenNames: true })
        {
            return TryGetCarefully(owner, name, out value);
        }

        try
        {
            return owner.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // A name with a lone surrogate is in the way.
            if (run is not null)
            {
                run.HasBrokenNames = true;
            }

            return TryGetCarefully(owner, name, out value);
        }
    }

    private static bool TryGetCarefully(JsonElement owner, ReadOnlySpan<byte> name, out JsonElement value)
    {
        value = default;
        foreach (var member in owner.EnumerateObject())
        {
            if (JsonStrings.Compare(JsonMarshal.GetRawUtf8PropertyName(member), name) == 0)
            {
                value = member.Value;
            }
        }

        return value.ValueKind != JsonValueKind.Undefined;
    }
}
