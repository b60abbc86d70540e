using System.Text;

namespace Hub.Connectors.Secrets;

/// <summary>
/// The texts that are looked for: a secret as it is, as hex, and as base64 wherever it begins in what was encoded. Escapes are undone by
/// <see cref="Escapes"/>.
/// </summary>
internal static class SecretForms
{
    /// <summary>The shortest secret that is looked for inside base64, in bytes: parts of shorter ones occur in any long base64.</summary>
    private const int LeastInBase64 = 6;

    public static IEnumerable<SecretForm> Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var whole = Plain(secret)
            .Concat([Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes)])
            .Select(static text => new SecretForm(text, IsPart: false));
        return bytes.Length < LeastInBase64
            ? whole.Append(new SecretForm(Convert.ToBase64String(bytes), IsPart: false))
            : whole.Concat(
                Enumerable
                    .Range(0, 3)
                    .Select(before => InnerBase64(bytes, before))
                    .SelectMany(Spelled)
                    .Select(static text => new SecretForm(text, IsPart: true))
            );
    }

    /// <summary>As it is, as a form writes blanks, and what is left of it when a text loses its escapes or its line breaks.</summary>
    private static IEnumerable<string> Plain(string secret)
    {
        using var decoded = TextView.Decoded(secret, of: null, keepsPlaces: false);
        string[] forms = [secret, secret.Replace(' ', '+'), decoded.Text.ToString(), secret.ReplaceLineEndings("")];
        return forms.Where(static form => form.Length >= SecretMask.MinLength);
    }

    /// <summary>What is certain of the base64 of the secret with so many bytes before it: characters that neighbours share are left out.</summary>
    private static string InnerBase64(byte[] secret, int before)
    {
        var padded = new byte[before + secret.Length];
        secret.CopyTo(padded, before);
        var text = Convert.ToBase64String(padded);
        return text[((before * 8 + 5) / 6)..(padded.Length * 8 / 6)];
    }

    private static IEnumerable<string> Spelled(string base64) => [base64, base64.Replace('+', '-').Replace('/', '_')];
}

/// <summary>A text in which a secret can be read.</summary>
/// <param name="IsPart">Whether what stands around it may hold the rest of the secret: then all of that goes with it.</param>
internal readonly record struct SecretForm(string Text, bool IsPart);
