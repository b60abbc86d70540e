using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Connectors.Signatures;

/// <summary>A form body's fields in the order in which they are signed: by name, then by value, repeated pairs once.</summary>
internal static class SortedForm
{
    /// <summary>A form, or no body at all, which is a form without fields.</summary>
    public static bool IsForm(SignedRequest request) =>
        request.Body.IsEmpty || request.Headers.ContentType.ToString().StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>Name, value, name, value and so on.</summary>
    public static IEnumerable<string> Read(ReadOnlySpan<byte> body)
    {
        var pairs = new SortedSet<(string Name, string Value)>(Comparer<(string Name, string Value)>.Create(static (a, b) =>
            string.CompareOrdinal(a.Name, b.Name) is var byName and not 0 ? byName : string.CompareOrdinal(a.Value, b.Value)));
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body)))
        {
            pairs.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return pairs.SelectMany(static pair => new[] { pair.Name, pair.Value });
    }
}
