using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hub.Connectors.Contract;

namespace Hub.Connectors.Secrets;

/// <summary>
/// Replaces known secrets by <c>***</c> in what is recorded, logged or answered. Make one per credential and use it for all its texts;
/// what holds no secret is returned as it was.
/// </summary>
/// <remarks>
/// Found are the secret itself, its percent-encoded and JSON-escaped forms, and user and password as Basic authentication writes them. Secrets shorter than
/// <see cref="MinLength"/> are not looked for. Members of an object called <c>headers</c> whose names carry credentials are masked whatever they hold.
/// </remarks>
public sealed class SecretMask
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Replacement = "***";

    /// <summary>The shortest secret that is looked for, in characters: shorter ones occur everywhere.</summary>
    public const int MinLength = 4;

    private static readonly FrozenSet<string> SecretHeaders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "apikey", "x-auth-token", "x-access-token",
        "x-csrf-token", "x-gitlab-token", "private-token", "x-shopify-access-token", "x-amz-security-token", "x-goog-api-key", "x-vault-token",
        "x-auth-key", "x-session-token");

    private readonly string[] _forms;
    private readonly byte[][] _utf8Forms;

    public SecretMask(IEnumerable<string> secrets)
    {
        // Longest first: a secret inside another must not leave the rest of it readable.
        _forms = [.. secrets
            .Where(static secret => secret.Length >= MinLength)
            .SelectMany(FormsOf)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(static form => form.Length)];
        _utf8Forms = [.. _forms.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Looks for no secret; headers are masked all the same.</summary>
    public static SecretMask None { get; } = new([]);

    /// <summary>The values of a credential that must not be shown: all but those whose field is declared and not secret.</summary>
    public static IReadOnlyList<string> SecretsOf(IReadOnlyList<FieldSpec> fields, IReadOnlyDictionary<string, string>? credential)
    {
        if (credential is null)
        {
            return [];
        }

        var secrets = credential
            .Where(pair => fields.FirstOrDefault(field => field.Name == pair.Key) is not { Secret: false })
            .Select(static pair => pair.Value)
            .ToList();
        if (credential.TryGetValue("username", out var user) && credential.TryGetValue("password", out var password))
        {
            secrets.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        return secrets;
    }

    /// <summary>Whether a header's value is never to be shown.</summary>
    public static bool IsSecretHeader(string name) => SecretHeaders.Contains(name);

    /// <summary>Masks once; see the constructor for masking often.</summary>
    public static JsonElement Mask(JsonElement value, IReadOnlyCollection<string> secrets) =>
        (secrets.Count == 0 ? None : new SecretMask(secrets)).Mask(value);

    public string Mask(string text)
    {
        foreach (var form in _forms)
        {
            text = text.Replace(form, Replacement, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The same value when it holds no secret; else a copy. Property names are masked too, and a number that holds a secret becomes text.</summary>
    public JsonElement Mask(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined || !MayHoldSecret(JsonMarshal.GetRawUtf8Value(value))
            ? value
            : Http.Json.Build(writer => new MaskedJson(this, writer).Write(value));

    /// <summary>The same bytes when they hold no secret. What is not JSON is masked as text.</summary>
    public ReadOnlyMemory<byte> Mask(ReadOnlyMemory<byte> utf8)
    {
        if (!MayHoldSecret(utf8.Span))
        {
            return utf8;
        }

        try
        {
            return JsonMarshal.GetRawUtf8Value(Mask(Http.Json.Parse(utf8))).ToArray();
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetBytes(Mask(Encoding.UTF8.GetString(utf8.Span)));
        }
    }

    private static string[] FormsOf(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        JsonEncodedText.Encode(secret).Value,
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
    ];

    // Escapes can hide a secret from a search of the bytes, so where there are any the texts themselves are looked at.
    private bool MayHoldSecret(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Contains((byte)'\\') && _utf8Forms.Length > 0)
        {
            return true;
        }

        foreach (var form in _utf8Forms)
        {
            if (utf8.IndexOf(form) >= 0)
            {
                return true;
            }
        }

        return utf8.IndexOf("eaders\""u8) >= 0;
    }
}
