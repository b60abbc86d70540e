using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Engine.Bodies;

/// <summary>Reads <c>application/x-www-form-urlencoded</c>.</summary>
internal static class FormBody
{
    public const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The fields; null when the body is none of this kind, or has too many.</summary>
    public static FormFields? Read(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return null;
        }

        var fields = new FormFields();
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body)))
        {
            if (!fields.TryAdd(pair.DecodeName().ToString(), new FormValue(pair.DecodeValue().ToString())))
            {
                return null;
            }
        }

        return fields;
    }
}
