using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Signatures;

/// <summary>
/// How a repeated delivery is known: by the provider's id, <c>header:X-GitHub-Delivery</c> or <c>body:/event_id</c>, and by what is signed where the
/// signature does not cover the id; <c>header-alone:X-Id</c> believes the header all the same; <c>signed</c> is what is signed and no id.
/// </summary>
public sealed record DedupeRule
{
    /// <summary>Keys longer than this, in characters, are replaced by their hash.</summary>
    public const int MaxKeyLength = 512;

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

    /// <summary>The delivery's id, as <see cref="Bounded"/>; null when the request has none.</summary>
    public string? IdOf(SignedRequest request) =>
        Field switch
        {
            null => null,
            { Kind: RequestFieldKind.Body } => Bounded(BodyPointer.ReadOfAll(request.Body.Span, Field.Name)),
            _ => Bounded(Field.Read(request)),
        };

    public override string ToString() =>
        Field is null ? Signed
        : IsAlone ? AlonePrefix + Field.Name
        : Field.ToString();

    /// <summary>A key of what is too long or too much for one.</summary>
    public static string HashOf(ReadOnlySpan<byte> of) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(of));

    /// <summary>
    /// The key as it is kept: trimmed, hashed when longer than <see cref="MaxKeyLength"/> or not storable as text; null when there is nothing.
    /// </summary>
    public static string? Bounded(string? value) =>
        value?.Trim() switch
        {
            null or "" => null,
            { Length: <= MaxKeyLength } key when key[0] > ' ' && !key.Contains('\0', StringComparison.Ordinal) => key,
            { } key => HashOf(Encoding.UTF8.GetBytes(key)),
        };
}
