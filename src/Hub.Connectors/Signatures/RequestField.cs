using System.Diagnostics.CodeAnalysis;
using Hub.Connectors.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Connectors.Signatures;

/// <summary>A place in a request that holds one value: <c>header:X-Event</c>, <c>body:/event/id</c> (a JSON Pointer) or <c>query:challenge</c>.</summary>
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
        field = colon < 0 ? null : text![..colon] switch
        {
            "header" when HeaderRules.IsName(name) => new(RequestFieldKind.Header, name),
            "body" when BodyPointer.IsPointer(name) => new(RequestFieldKind.Body, name),
            "query" when name.Length > 0 => new(RequestFieldKind.Query, name),
            _ => null,
        };
        return field is not null;
    }

    /// <summary>The value, or null when the request has none. A body that is not JSON has no fields.</summary>
    public string? Read(SignedRequest request) => Kind switch
    {
        RequestFieldKind.Header => request.Headers[Name] is { Count: > 0 } values ? values.ToString() : null,
        RequestFieldKind.Body => BodyPointer.Read(request.Body.Span, Name),
        _ => FromQuery(request.Url),
    };

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{Name}";

    private string? FromQuery(string url)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
        {
            return null;
        }

        foreach (var pair in new QueryStringEnumerable(url.AsMemory(mark)))
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
}
