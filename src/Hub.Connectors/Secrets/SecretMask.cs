using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hub.Connectors.Contract;

namespace Hub.Connectors.Secrets;

/// <summary>
/// Replaces known secrets by <c>***</c> in what is recorded, logged or answered. Make one per credential and use it for all its texts;
/// what holds no secret is returned as it was.
/// </summary>
/// <remarks>
/// Found are the secret itself and the codings of <see cref="SecretForms"/>, with escapes (of addresses, JSON or HTML), line breaks or separators in them.
/// Secrets shorter than <see cref="MinLength"/> are not looked for. Members of an
/// object called <c>headers</c> whose names carry credentials are masked whatever they hold.
/// </remarks>
public sealed class SecretMask
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Replacement = "***";

    /// <summary>The shortest secret that is looked for, in characters: shorter ones occur everywhere.</summary>
    public const int MinLength = 4;

    private readonly SecretSearch? _search;
    private readonly SecretScan _scan;

    public SecretMask(IEnumerable<string> secrets)
    {
        string[] sought = [.. secrets.Where(static secret => secret.Length >= MinLength)];
        _search = sought.Length == 0 ? null : new SecretSearch(sought);
        _scan = new SecretScan(_search);
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
        if (credential.TryGetValue("username", out var user))
        {
            // Alone, as some services take their keys, the name is the secret.
            var password = credential.GetValueOrDefault("password", "");
            secrets.Add(password.Length == 0 ? user : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        return secrets;
    }

    /// <summary>Masks once; see the constructor for masking often.</summary>
    public static JsonElement Mask(JsonElement value, IReadOnlyCollection<string> secrets) => (secrets.Count == 0 ? None : new SecretMask(secrets)).Mask(value);

    /// <summary>Whether a text holds a secret, in whatever coding.</summary>
    public bool IsIn(ReadOnlySpan<char> text) => _search is not null && _search.IsIn(text);

    /// <summary>The same of a text that may be missing.</summary>
    public string? MaskAny(string? text) => text is null ? null : Mask(text);

    public string Mask(string text)
    {
        if (_search is null || !_search.IsIn(text))
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        var taken = 0;
        foreach (var stretch in _search.Find(text))
        {
            if (taken == 0 || stretch.Start >= taken)
            {
                masked.Append(text, taken, stretch.Start - taken).Append(Replacement);
            }

            taken = Math.Max(taken, stretch.End);
        }

        return masked.Append(text, taken, text.Length - taken).ToString();
    }

    /// <summary>The same value when it holds no secret; else a copy. Property names are masked too, and a number that holds a secret becomes text.</summary>
    public JsonElement Mask(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined || !_scan.MayHold(JsonMarshal.GetRawUtf8Value(value))
            ? value
            : Http.Json.Build(writer => new MaskedJson(this, writer).Write(value));

    /// <summary>The same for the input of a call, of which query parameters are masked too whose names carry credentials.</summary>
    /// <param name="destination">The input that holds an address, as the action's manifest says; null for none.</param>
    public JsonElement MaskInput(JsonElement input, string? destination) =>
        _scan.MayHold(JsonMarshal.GetRawUtf8Value(input)) || MaskedQuery.IsIn(input, destination)
            ? Http.Json.Build(writer => new MaskedJson(this, writer, destination).Write(input, isInput: true))
            : input;

    /// <summary>The same for an object of headers.</summary>
    public JsonElement MaskHeaders(JsonElement headers) => Http.Json.Build(writer => new MaskedJson(this, writer).Write(headers, inHeaders: true));

    /// <summary>The same bytes when they hold no secret. What is not JSON is masked as text.</summary>
    public ReadOnlyMemory<byte> Mask(ReadOnlyMemory<byte> utf8)
    {
        if (!_scan.MayHold(utf8.Span))
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

    /// <summary>A body as it was received, but for known secrets: what it calls headers are none of the request's.</summary>
    public ReadOnlyMemory<byte> MaskBody(ReadOnlyMemory<byte> body) => _scan.MayHoldSecret(body.Span) ? Mask(body) : body;
}
