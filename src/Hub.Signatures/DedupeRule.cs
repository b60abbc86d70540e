using System.Diagnostics.CodeAnalysis;

namespace Hub.Signatures;

/// <summary>
/// How a repeated delivery is known: by the provider's id, <c>header:X-GitHub-Delivery</c> or <c>body:/event_id</c>, and by what is signed where the
/// signature does not cover the id; <c>header-alone:X-Id</c> believes the header all the same; <c>signed</c> is what is signed and no id.
/// </summary>
public sealed record DedupeRule
{
    /// <summary>The rule without an id.</summary>
    public const string Signed = "signed";

    private const string AlonePrefix = "header-alone:";

    private DedupeRule(RequestField? field, bool isAlone = false) => (Field, IsAlone) = (field, isAlone);

    /// <summary>Where the id is; null when what is signed is the only key.</summary>
    public RequestField? Field { get; }

    /// <summary>Whether the id counts alone although the signature does not cover it.</summary>
    public bool IsAlone { get; }

    /// <summary>Reads a rule as written in a profile or Source.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DedupeRule? rule)
    {
        var isAlone = text?.StartsWith(AlonePrefix, StringComparison.Ordinal) == true;
        var place = isAlone ? "header:" + text![AlonePrefix.Length..] : text;
        rule =
            text == Signed ? new DedupeRule(field: null)
            : RequestField.TryParse(place, out var field) && field.Kind is RequestFieldKind.Header or RequestFieldKind.Body ? new DedupeRule(field, isAlone)
            : null;
        return rule is not null;
    }

    /// <summary>The delivery's id, as <see cref="ComputedKey"/> keeps it; null when the request has none.</summary>
    public string? IdOf(SignedRequest request) =>
        Field switch
        {
            null => null,
            { Kind: RequestFieldKind.Body } => BodyPointer.KeyOfAll(request.Body.Span, Field.Name),
            _ => ComputedKey.OfText(Field.Read(request)),
        };

    public override string ToString() =>
        Field is null ? Signed
        : IsAlone ? AlonePrefix + Field.Name
        : Field.ToString();
}
