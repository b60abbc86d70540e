using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hub.Connectors.Secrets;
using Hub.Connectors.Tests.StandIns;

namespace Hub.Connectors.Tests.Secrets;

/// <summary>A service echoes a secret in whatever coding it likes; nobody can read it in what is recorded.</summary>
public sealed class SecretCodingTests
{
    private static readonly string[] Secrets =
    [
        "p@ss/word\"1+\u00e4",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "abc123",
        "0123456789",
        "a&b<c>d'e f",
        "\ud83d\ude00\ud83d\ude00",
    ];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Func<string, string>> Codings = new(StringComparer.Ordinal)
    {
        ["plain"] = static secret => secret,
        ["percent"] = Uri.EscapeDataString,
        ["percent, small letters"] = static secret => Lower(Uri.EscapeDataString(secret)),
        ["form"] = static secret => WebUtility.UrlEncode(secret),
        ["json"] = static secret => JsonEncodedText.Encode(secret).Value,
        ["json, relaxed"] = static secret => JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        ["html"] = WebUtility.HtmlEncode,
        ["hex"] = static secret => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)),
        ["HEX"] = static secret => Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
        ["base64"] = static secret => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
        ["base64url"] = static secret => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        ["base64 of more, one before"] = static secret => Convert.ToBase64String(Encoding.UTF8.GetBytes($"u{secret}:x")),
        ["base64 of more, two before"] = static secret => Convert.ToBase64String(Encoding.UTF8.GetBytes($"u:{secret}")),
        ["base64 of more, three before"] = static secret => Convert.ToBase64String(Encoding.UTF8.GetBytes($"us:{secret}, and on")),
        ["percent, every byte"] = static secret => Each(secret, "%", "x2"),
        ["PERCENT, every byte"] = static secret => Each(secret, "%", "X2"),
        ["percent twice"] = static secret => Uri.EscapeDataString(Each(secret, "%", "X2")),
        ["program, every byte"] = static secret => Each(secret, "\\x", "x2"),
        ["json, every character"] = static secret => string.Concat(secret.Select(static unit => $"\\u{(int)unit:x4}")),
        ["JSON, every character"] = static secret => string.Concat(secret.Select(static unit => $"\\u{(int)unit:X4}")),
        ["html, decimal"] = static secret => string.Concat(secret.EnumerateRunes().Select(static rune => $"&#{rune.Value};")),
        ["html, hex"] = static secret => string.Concat(secret.EnumerateRunes().Select(static rune => $"&#x{rune.Value:x};")),
        ["HTML, hex"] = static secret => string.Concat(secret.EnumerateRunes().Select(static rune => $"&#X0{rune.Value:X};")),
        ["hex, blanks"] = static secret => Each(secret, " ", "x2")[1..],
        ["HEX, colons"] = static secret => Each(secret, ":", "X2")[1..],
        ["hex, hyphens"] = static secret => BitConverter.ToString(Encoding.UTF8.GetBytes(secret)),
        ["hex, of a program"] = static secret => Each(secret, ", 0x", "x2")[4..],
        ["base64, lines"] = static secret =>
            string.Join("\r\n", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).Chunk(4).Select(static line => new string(line))),
        ["base64, folded"] = static secret =>
            string.Join("\n ", Convert.ToBase64String(Encoding.UTF8.GetBytes($"us:{secret}")).Chunk(5).Select(static line => new string(line))),
        ["base64 in percent"] = static secret => Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))),
    };

    public static TheoryData<string> Names() => [.. Codings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Secret_InThisCoding_IsNotLeft(string coding)
    {
        foreach (var secret in Secrets)
        {
            var mask = new SecretMask([secret, "another-secret"]);
            var coded = Codings[coding](secret);
            Assert.True(mask.IsIn($"x {coded} y"), secret);
            Assert.Equal("before *** after", mask.Mask($"before {coded} after"));
            foreach (var options in (JsonSerializerOptions[])[JsonSerializerOptions.Default, Relaxed])
            {
                var json = JsonSerializer.Serialize(new { a = 1, deep = new[] { $"before {coded} after" } }, options);
                Assert.Equal("before *** after", mask.Mask(TestHub.Json(json)).GetProperty("deep")[0].GetString());
                Assert.DoesNotContain(
                    coded,
                    Encoding.UTF8.GetString(mask.Mask((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json)).Span),
                    StringComparison.Ordinal
                );
            }
        }
    }

    /// <summary>A secret that itself looks escaped is found also where other characters of it are.</summary>
    [Theory]
    [InlineData("a%41b%42c", "%61%2541b%2542c")]
    [InlineData("a%41b%42c", "\\u0061%41b%42c")]
    [InlineData("R&amp;D-2024", "R&amp;amp;D-2024")]
    [InlineData("line one\nline two", "bGluZSBvbmUKbGluZSB0d28=")]
    [InlineData("line one\nline two", "line one\r\nline two")]
    public void Secret_ThatLooksEscaped_IsFound(string secret, string coded) => Assert.Equal("x *** y", new SecretMask([secret]).Mask($"x {coded} y"));

    [Fact]
    public void SecretsThatOverlap_LeaveNothingReadable() => Assert.Equal("_***_", new SecretMask(["abcdef", "xyabc"]).Mask("_xyabcdef_"));

    [Theory]
    [InlineData("100 % of &all; C:\\temp\\x &#; &#x; %zz \\")]
    [InlineData("one\ntwo\r\n  three")]
    [InlineData("61 62: no secret")]
    public void Text_WithoutTheSecret_StaysAsItIs(string text)
    {
        var mask = new SecretMask(["abcdef"]);
        Assert.False(mask.IsIn(text));
        Assert.Same(text, mask.Mask(text));
    }

    [Fact]
    public void Query_WithTheSecretAsAName_IsMasked()
    {
        var mask = new SecretMask(["Sup3rValue"]);
        Assert.Equal("?***=1&a=2", MaskedQuery.Of("?Sup3rValue=1&a=2", mask));
        Assert.Equal("?a&***", MaskedQuery.Of("?a&Sup3rValue", mask));
        Assert.Equal("?***=1", MaskedQuery.Of("?%53%75%70%33%72Value=1", mask));
        Assert.Equal("https://h/***/x", MaskedQuery.OfUrl("https://h/Sup3rValue/x", mask));
    }

    [Fact]
    public void Secret_InLongBytes_IsFoundWhereverItStands()
    {
        const string Secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
        var mask = new SecretMask([Secret]);
        foreach (var before in (int[])[16_360, 16_384 - Secret.Length, 16_383, 16_384, 16_400, 32_768 + 40, 100_000])
        {
            ReadOnlyMemory<byte> body = Encoding.UTF8.GetBytes($"\"{new string('\u00e4', before)}{Secret}{new string('b', 50_000)}\"");
            Assert.Contains("***", Encoding.UTF8.GetString(mask.MaskBody(body).Span), StringComparison.Ordinal);
            ReadOnlyMemory<byte> coded = Encoding.UTF8.GetBytes($"\"{new string('\u00e4', before)}{Each(Secret, "%", "x2")}{new string('b', 50_000)}\"");
            Assert.Contains("***", Encoding.UTF8.GetString(mask.MaskBody(coded).Span), StringComparison.Ordinal);
        }

        ReadOnlyMemory<byte> harmless = Encoding.UTF8.GetBytes(new string('\u00e4', 100_000));
        Assert.True(mask.Mask(harmless).Equals(harmless));
    }

    /// <summary>A hostile service echoes the credential as often as it fits: the work grows with the size of the answer, not with its square.</summary>
    [Theory]
    [InlineData("p@ss/word+of=the service")]
    [InlineData("0123456789")]
    public void Echoes_ThatFillAnAnswer_TakeWorkInProportion(string secret)
    {
        var mask = new SecretMask([secret]);
        var coded = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) + ' ';
        _ = mask.Mask(coded);
        foreach (var echoes in (int[])[(64 << 10) / coded.Length, (1 << 20) / coded.Length])
        {
            var text = string.Concat(Enumerable.Repeat(coded, echoes));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var masked = mask.Mask(text);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Equal(string.Concat(Enumerable.Repeat("*** ", echoes)), masked);
            Assert.InRange(allocated, 1, 4L * sizeof(char) * text.Length);
        }
    }

    /// <summary>What stands around a secret in base64 must not give away its ends.</summary>
    [Fact]
    public void Base64_WithASecretInside_GoesAsAWhole()
    {
        var random = new Random(20);
        for (var i = 0; i < 2_000; i++)
        {
            var secret = Text(random, 6, 40);
            var (before, after) = (Text(random, 0, 20), Text(random, 0, 20));
            var bytes = Encoding.UTF8.GetBytes(before + secret + after);
            var coded = random.Next(2) == 0 ? Convert.ToBase64String(bytes) : Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            Assert.Equal("token: ***.", new SecretMask([secret]).Mask($"token: {coded}."));
        }
    }

    [Theory]
    [InlineData("""{"headers":{"accept":"*/*","date":"today"},"body":{"text":"a \n b"}}""")]
    [InlineData("""{"headers":"none","a":{"headers":[{"cookie":"of an array"}]}}""")]
    [InlineData("""{"a":{"headers":{"n":{"x":1}}},"cookie":"of a body"}""")]
    public void Json_WithoutSecrets_IsNotCopied(string json)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(json);
        Assert.True(new SecretMask(["the-secret"]).Mask(bytes).Equals(bytes));
        Assert.True(SecretMask.None.Mask(bytes).Equals(bytes));
    }

    [Theory]
    [InlineData("""{"a":{"headers":{"n":{"x":1},"X-Webhook-Secret":"abc"}}}""")]
    [InlineData("""{"headers":{"headers":{"a":1},"api-token":"abc"}}""")]
    [InlineData("""[{"Headers":{"accept":"abc2"}},{"Headers":{"Ocp-Apim-Subscription-Key":"abc"}}]""")]
    public void Headers_WithCredentialNames_AreMaskedWhereverTheyStand(string json) =>
        Assert.DoesNotContain("\"abc\"", SecretMask.None.Mask(TestHub.Json(json)).GetRawText(), StringComparison.Ordinal);

    [Fact]
    public void SecretsOf_NameWithoutAPassword_IsTheSecret()
    {
        var secrets = SecretMask.SecretsOf([], new Dictionary<string, string> { ["username"] = "sk_live_1" });
        Assert.Contains("sk_live_1", secrets);
    }

    private static string Text(Random random, int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => (char)random.Next('!', '~' + 1)));

    private static string Each(string secret, string before, string format) =>
        string.Concat(Encoding.UTF8.GetBytes(secret).Select(one => before + one.ToString(format, CultureInfo.InvariantCulture)));

    private static string Lower(string escaped)
    {
        var parts = escaped.Split('%');
        return string.Join('%', parts.Take(1).Concat(parts.Skip(1).Select(part => part[..2].ToLowerInvariant() + part[2..])));
    }
}
