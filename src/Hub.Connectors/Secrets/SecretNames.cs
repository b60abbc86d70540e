using System.Buffers;
using System.Collections.Frozen;

namespace Hub.Connectors.Secrets;

/// <summary>Tells by its name whether a header or a query parameter carries a credential, so that its value is never shown.</summary>
public static class SecretNames
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("-_. ");

    /// <summary>Wherever they stand in a name.</summary>
    private static readonly SearchValues<string> Parts = SearchValues.Create(
        [
            "secret",
            "passw",
            "passphrase",
            "passcode",
            "authoriz",
            "credential",
            "cookie",
            "bearer",
            "jwt",
            "session",
            "apikey",
            "api-key",
            "api_key",
            "accesskey",
            "authkey",
            "secretkey",
            "privatekey",
            "subscriptionkey",
            "sharedkey",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>As the last word of a name: <c>X-App-Auth</c>.</summary>
    private static readonly FrozenSet<string> LastWords = Words("auth", "authentication", "otp", "csrf", "xsrf", "pin", "pwd", "pass");

    /// <summary>What stands before <c>key</c> where it opens nothing: <c>Idempotency-Key</c>, <c>X-Event-Key</c>.</summary>
    private static readonly FrozenSet<string> HarmlessKeys = Words(
        "idempotency",
        "event",
        "partition",
        "routing",
        "message",
        "cache",
        "surrogate",
        "public",
        "websocket",
        "dedupe",
        "deduplication",
        "sort",
        "group",
        "object",
        "correlation",
        "primary",
        "foreign",
        "request"
    );

    /// <summary>What stands before <c>token</c> where it only says where a list goes on, or which request it is.</summary>
    private static readonly FrozenSet<string> HarmlessTokens = Words("idempotency", "continuation", "page", "next", "sync", "cursor", "nextpage");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LastWordsOf = LastWords.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> HarmlessKeysOf = HarmlessKeys.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> HarmlessTokensOf = HarmlessTokens.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names that come with nearly every request, and names whose words do not tell: told without looking at their words.</summary>
    private static readonly FrozenDictionary<string, bool> Common = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase)
    {
        ["authorization"] = true,
        ["cookie"] = true,
        ["x-amzn-oidc-data"] = true,
        ["x-ms-client-principal"] = true,
        ["x-honeycomb-team"] = true,
        ["authentication-results"] = false,
        ["www-authenticate"] = false,
        ["proxy-authenticate"] = false,
        ["host"] = false,
        ["content-type"] = false,
        ["content-length"] = false,
        ["content-encoding"] = false,
        ["user-agent"] = false,
        ["accept"] = false,
        ["accept-encoding"] = false,
        ["accept-language"] = false,
        ["connection"] = false,
        ["date"] = false,
        ["server"] = false,
        ["transfer-encoding"] = false,
        ["traceparent"] = false,
        ["x-forwarded-for"] = false,
        ["x-forwarded-proto"] = false,
        ["x-forwarded-host"] = false,
        ["x-real-ip"] = false,
        ["x-request-id"] = false,
        ["x-github-event"] = false,
        ["x-github-delivery"] = false,
        ["x-hub-signature"] = false,
        ["x-hub-signature-256"] = false,
        ["stripe-signature"] = false,
        ["webhook-id"] = false,
        ["webhook-timestamp"] = false,
        ["webhook-signature"] = false,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header of that name carries a credential, such as <c>X-Api-Key</c> or <c>X-Webhook-Secret</c>. A signature is none.</summary>
    public static bool IsHeader(string name) =>
        Common.TryGetValue(name, out var isSecret) ? isSecret : IsSecret(name) || name.Equals("key", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a query parameter of a request that comes in carries a credential. Workflows read what is kept of it, so a <c>code</c> or <c>key</c> is none:
    /// where it holds a Source's secret it is masked by its value.
    /// </summary>
    public static bool IsParameter(string name) => IsSecret(name);

    /// <summary>The same of one that goes out, where <c>key</c>, <c>code</c> and <c>sig</c> most often open something.</summary>
    public static bool IsOutgoingParameter(string name) => IsSecret(name) || name.ToLowerInvariant() is "key" or "code" or "sig" or "signature";

    private static bool IsSecret(ReadOnlySpan<char> name)
    {
        if (name.ContainsAny(Parts))
        {
            return true;
        }

        var (before, last) = LastTwoWords(name);
        return LastWordsOf.Contains(last)
            || (last.Equals("key", StringComparison.OrdinalIgnoreCase) && before.Length > 0 && !HarmlessKeysOf.Contains(before))
            || (name.Contains("token", StringComparison.OrdinalIgnoreCase) && !IsHarmlessToken(before, last));
    }

    /// <summary>Numbers of tokens, and tokens that say where a list goes on.</summary>
    private static bool IsHarmlessToken(ReadOnlySpan<char> before, ReadOnlySpan<char> last) =>
        last.Equals("tokens", StringComparison.OrdinalIgnoreCase)
        || (last.Equals("token", StringComparison.OrdinalIgnoreCase) && HarmlessTokensOf.Contains(before))
        || (last.EndsWith("token", StringComparison.OrdinalIgnoreCase) && HarmlessTokensOf.Contains(last[..^"token".Length]));

    private static WordPair LastTwoWords(ReadOnlySpan<char> name)
    {
        var at = name.LastIndexOfAny(Separators);
        if (at < 0)
        {
            return new WordPair(default, name);
        }

        var before = name[..at];
        return new WordPair(before[(before.LastIndexOfAny(Separators) + 1)..], name[(at + 1)..]);
    }

    private static FrozenSet<string> Words(params ReadOnlySpan<string> words) => FrozenSet.Create(StringComparer.OrdinalIgnoreCase, words);

    private readonly ref struct WordPair(ReadOnlySpan<char> before, ReadOnlySpan<char> last)
    {
        private readonly ReadOnlySpan<char> _before = before;
        private readonly ReadOnlySpan<char> _last = last;

        public void Deconstruct(out ReadOnlySpan<char> before, out ReadOnlySpan<char> last)
        {
            before = _before;
            last = _last;
        }
    }
}
