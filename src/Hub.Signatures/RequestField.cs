using System.Diagnostics.CodeAnalysis;
using System.Text;
using Hub.Fields.Headers;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Signatures;

/// <summary>
/// A place in a request that holds one value: <c>header:X-Event</c>, <c>body:/event/id</c> (a JSON Pointer), <c>query:challenge</c> or, of a form body,
/// <c>form:webhook_id</c>.
/// </summary>
public sealed record RequestField
{
    private RequestField(RequestFieldKind kind, string name) => (Kind, Name) = (kind, name);

    public RequestFieldKind Kind { get; }

    /// <summary>The header's name, the query parameter's name, or the JSON Pointer.</summary>
    public string Name { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out RequestField? field)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var name = colon < 0 ? "" : text![(colon + 1)..].Trim();
        field =
            colon < 0
                ? null
                : text![..colon] switch
                {
                    "header" when HeaderRules.IsName(name) => new(RequestFieldKind.Header, name),
                    "body" when BodyPointer.IsPointer(name) => new(RequestFieldKind.Body, name),
                    "query" when name.Length > 0 => new(RequestFieldKind.Query, name),
                    "form" when name.Length > 0 => new(RequestFieldKind.Form, name),
                    _ => null,
                };
        return field is not null;
    }

    /// <summary>The value, or null when the request has none. A body that is not JSON has no fields.</summary>
    public string? Read(SignedRequest request) =>
        Kind switch
        {
            RequestFieldKind.Header => request.Headers[Name] is { Count: > 0 } values ? values.ToString() : null,
            RequestFieldKind.Body => BodyPointer.Read(request.Body.Span, Name),
            RequestFieldKind.Form => SortedForm.ErrorOf(request) is null ? FromPairs(Encoding.UTF8.GetString(request.Body.Span).AsMemory()) : null,
            _ => request.Url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? FromPairs(request.Url.AsMemory(mark)) : null,
        };

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{Name}";

    private string? FromPairs(ReadOnlyMemory<char> pairs)
    {
        foreach (var pair in new QueryStringEnumerable(pairs))
        {
            if (pair.DecodeName().Span.SequenceEqual(Name))
            {
                return pair.DecodeValue().ToString();
            }
        }

        return null;
    }
}

public enum RequestFieldKind
{
    Header,
    Body,
    Query,
    Form,
}
