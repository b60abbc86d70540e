using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Hub.Fields.Headers;

namespace Hub.Signatures;

/// <summary>The options of <c>generic-hmac</c>: an HMAC in one header, for senders without a profile.</summary>
/// <remarks>
/// <c>header</c> (X-Signature), <c>algorithm</c> sha1|sha256|sha512 (sha256), <c>encoding</c> hex|base64 (hex), <c>prefix</c>, <c>signed</c> ({body}),
/// <c>timestampHeader</c>, <c>toleranceSeconds</c> (300), <c>idHeader</c>, <c>secretFormat</c> utf8|hex|base64 (utf8). All are texts.
/// Without a <c>prefix</c> both the bare signature and one after <c>algorithm=</c> are read; with one it is required.
/// </remarks>
internal static class GenericHmacOptions
{
    public const string SchemeName = "generic-hmac";

    private static readonly string[] Known =
    [
        "header",
        "algorithm",
        "encoding",
        "prefix",
        "signed",
        "timestampHeader",
        "toleranceSeconds",
        "idHeader",
        "secretFormat",
    ];

    public static bool TryRead(JsonElement? options, [NotNullWhen(true)] out SignatureProfile? profile, [NotNullWhen(false)] out string? error)
    {
        profile = null;
        if (!TryReadTexts(options, out var texts, out error))
        {
            return false;
        }

        var signed = SignedTemplate.Parse(texts.GetValueOrDefault("signed", "{body}"));
        error = ErrorOf(texts, signed);
        if (error is not null)
        {
            return false;
        }

        profile = Profile(texts, signed!);
        error = SignatureProfileRules.ErrorOf(profile);
        return error is null;
    }

    private static bool TryReadTexts(JsonElement? options, out Dictionary<string, string> texts, [NotNullWhen(false)] out string? error)
    {
        texts = new(StringComparer.Ordinal);
        error = null;
        if (options is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            return true;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            error = "The options are an object.";
            return false;
        }

        foreach (var option in given.EnumerateObject())
        {
            error =
                !Known.Contains(option.Name) ? $"There is no option '{option.Name}'. Known: {string.Join(", ", Known)}."
                : option.Value.ValueKind != JsonValueKind.String ? $"The option '{option.Name}' is a text."
                : null;
            if (error is not null)
            {
                return false;
            }

            texts[option.Name] = option.Value.GetString()!;
        }

        return true;
    }

    private static string? ErrorOf(Dictionary<string, string> texts, IReadOnlyList<SignedPart>? signed) =>
        new[] { "header", "timestampHeader", "idHeader" }.FirstOrDefault(name => texts.TryGetValue(name, out var header) && !HeaderRules.IsName(header))
            is { } bad
            ? $"The option '{bad}' is not the name of a header."
        : texts.GetValueOrDefault("algorithm", "sha256") is not ("sha1" or "sha256" or "sha512") ? "The option 'algorithm' is one of sha1, sha256, sha512."
        : texts.GetValueOrDefault("encoding", "hex") is not ("hex" or "base64") ? "The option 'encoding' is one of hex, base64."
        : texts.GetValueOrDefault("secretFormat", "utf8") is not ("utf8" or "hex" or "base64") ? "The option 'secretFormat' is one of utf8, hex, base64."
        : signed is null ? $"The option 'signed' is a text with {SignedTemplate.Places}, such as '{{timestamp}}.{{body}}'."
        : !signed.Any(static part => part.Part is SignedPartKind.Body or SignedPartKind.SortedForm)
            ? "The option 'signed' has no {body}; then anybody could change it."
        : texts.ContainsKey("timestampHeader") != signed.Any(static part => part.Part == SignedPartKind.Timestamp)
            ? "The option 'timestampHeader' goes with a {timestamp} in 'signed'; a time that is not signed proves nothing."
        : texts.ContainsKey("idHeader") != signed.Any(static part => part.Part == SignedPartKind.Id) ? "The option 'idHeader' goes with an {id} in 'signed'."
        : texts.TryGetValue("toleranceSeconds", out var seconds) && Tolerance(seconds) is not (>= 1 and <= 86400)
            ? "The option 'toleranceSeconds' is a number from 1 to 86400."
        : null;

    private static int? Tolerance(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static SignatureProfile Profile(Dictionary<string, string> texts, IReadOnlyList<SignedPart> signed)
    {
        var algorithm = texts.GetValueOrDefault("algorithm", "sha256");
        var prefix = texts.GetValueOrDefault("prefix");
        return new()
        {
            Name = SchemeName,
            Title = "a sender of HMAC signatures",
            Documentation = new Uri("https://www.rfc-editor.org/rfc/rfc2104"),
            Algorithm = algorithm switch
            {
                "sha1" => SignatureAlgorithm.HmacSha1,
                "sha512" => SignatureAlgorithm.HmacSha512,
                _ => SignatureAlgorithm.HmacSha256,
            },
            Secret = new(Encoding(texts.GetValueOrDefault("secretFormat", "utf8"))),
            Signature = new SignaturePlace(
                texts.GetValueOrDefault("header", "X-Signature"),
                Encoding(texts.GetValueOrDefault("encoding", "hex")),
                prefix ?? algorithm + "=",
                PrefixOptional: prefix is null
            ),
            Timestamp = texts.TryGetValue("timestampHeader", out var time)
                ? new(Header: time, ToleranceSeconds: Tolerance(texts.GetValueOrDefault("toleranceSeconds", "300"))!.Value)
                : null,
            IdHeader = texts.GetValueOrDefault("idHeader"),
            Signed = signed,
        };
    }

    private static ByteEncoding Encoding(string text) =>
        text switch
        {
            "hex" => ByteEncoding.Hex,
            "base64" => ByteEncoding.Base64,
            _ => ByteEncoding.Utf8,
        };
}
