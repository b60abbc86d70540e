using Hub.Fields.Headers;

namespace Hub.Signatures;

/// <summary>Reads what is signed from one text: <c>{timestamp}.{body}</c>.</summary>
internal static class SignedTemplate
{
    public const string Places = "{body}, {timestamp}, {id}, {url}, {method}, {form} and {header:NAME}";

    private const int MaxLength = 200;

    /// <summary>The parts, or null when the text is none.</summary>
    public static IReadOnlyList<SignedPart>? Parse(string text)
    {
        var parts = new List<SignedPart>();
        var rest = text.Length <= MaxLength ? text.AsSpan() : default;
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('{');
            var literal = open < 0 ? rest : rest[..open];
            if (!literal.IsEmpty)
            {
                parts.Add(new(SignedPartKind.Literal, literal.ToString()));
            }

            if (open < 0)
            {
                break;
            }

            var close = rest.IndexOf('}');
            if (close < open || Part(rest[(open + 1)..close].ToString()) is not { } part)
            {
                return null;
            }

            parts.Add(part);
            rest = rest[(close + 1)..];
        }

        return parts.Count == 0 ? null : parts;
    }

    private static SignedPart? Part(string place) =>
        place switch
        {
            "body" => new(SignedPartKind.Body),
            "timestamp" => new(SignedPartKind.Timestamp),
            "id" => new(SignedPartKind.Id),
            "url" => new(SignedPartKind.Url),
            "method" => new(SignedPartKind.Method),
            "form" => new(SignedPartKind.SortedForm),
            _ when place.Split(':') is ["header", var name] && HeaderRules.IsName(name) => new(SignedPartKind.Header, name),
            _ => null,
        };
}
