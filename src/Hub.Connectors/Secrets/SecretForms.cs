using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hub.Connectors.Secrets;

/// <summary>The codings in which a secret comes back: as it is, percent-encoded, in JSON, in HTML, as hex, and as base64 wherever it begins in what was encoded.</summary>
internal static class SecretForms
{
    /// <summary>The shortest secret that is looked for inside base64, in bytes: parts of shorter ones occur in any long base64.</summary>
    private const int LeastInBase64 = 6;

    public static IEnumerable<SecretForm> Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var whole = ((string[])
        [
            secret,
            .. Escaped(secret),
            JsonEncodedText.Encode(secret).Value,
            JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
            WebUtility.HtmlEncode(secret),
            Convert.ToHexString(bytes),
            Convert.ToHexStringLower(bytes),
        ]).Select(static text => new SecretForm(text, IsPart: false));
        return bytes.Length < LeastInBase64
            ? whole.Append(new SecretForm(Convert.ToBase64String(bytes), IsPart: false))
            : whole.Concat(Enumerable.Range(0, 3).Select(before => InnerBase64(bytes, before)).SelectMany(Spelled).Select(static text => new SecretForm(text, IsPart: true)));
    }

    /// <summary>What is certain of the base64 of the secret with so many bytes before it: characters that neighbours share are left out.</summary>
    private static string InnerBase64(byte[] secret, int before)
    {
        var padded = new byte[before + secret.Length];
        secret.CopyTo(padded, before);
        var text = Convert.ToBase64String(padded);
        return text[((before * 8 + 5) / 6)..(padded.Length * 8 / 6)];
    }

    private static IEnumerable<string> Spelled(string base64) =>
    [
        base64,
        base64.Replace('+', '-').Replace('/', '_'),
        .. Escaped(base64),
    ];

    /// <summary>Percent-encoded as programs do it: with capitals or without, with a plus for a blank, with or without the marks that may stay.</summary>
    private static IEnumerable<string> Escaped(string text)
    {
        string[] forms = [Uri.EscapeDataString(text), WebUtility.UrlEncode(text), UrlEncoder.Default.Encode(text)];
        return forms.Concat(forms.Select(LowerEscapes));
    }

    private static string LowerEscapes(string text)
    {
        var lower = text.ToCharArray();
        for (var i = 0; i + 2 < lower.Length; i++)
        {
            if (lower[i] == '%')
            {
                lower[i + 1] = char.ToLowerInvariant(lower[i + 1]);
                lower[i + 2] = char.ToLowerInvariant(lower[i + 2]);
            }
        }

        return new string(lower);
    }
}

/// <summary>A text in which a secret can be read.</summary>
/// <param name="IsPart">Whether what stands around it may hold the rest of the secret: then all of that goes with it.</param>
internal readonly record struct SecretForm(string Text, bool IsPart);
