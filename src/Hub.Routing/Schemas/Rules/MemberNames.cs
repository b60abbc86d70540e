using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.JsonPath.Text;

namespace Hub.Routing.Schemas.Rules;

internal static class MemberNames
{
    /// <summary>A name as a value that schemas can judge.</summary>
    public static JsonElement ToElement(string name) => JsonStrings.ToElement(JsonText.Sound(name));

    /// <summary>Whether an object has a member, in time linear to its size and whatever its other names are.</summary>
    public static bool Has(JsonElement owner, ReadOnlySpan<byte> utf8Name)
    {
        foreach (var member in owner.EnumerateObject())
        {
            if (JsonStrings.Compare(JsonMarshal.GetRawUtf8PropertyName(member), utf8Name) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
