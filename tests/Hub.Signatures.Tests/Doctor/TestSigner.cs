using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Hub.Signatures.Tests.Doctor;

/// <summary>A sender that signs as a profile says, written apart from the code that checks; each of its habits can be changed to plant an error.</summary>
internal sealed record TestSigner(SignatureProfile Profile, byte[] Key)
{
    public SignatureAlgorithm Algorithm { get; init; } = Profile.Algorithm;

    public Func<byte[], string> Encode { get; init; } = Profile.Signature.Encoding == ByteEncoding.Hex ? Convert.ToHexStringLower : Convert.ToBase64String;

    public string Prefix { get; init; } = Profile.Signature.Prefix;

    public string? EntryKey { get; init; } = Profile.Signature.Key;

    public string SignedUrl { get; init; } = Url;

    /// <summary>Signed in the place of the body that is sent.</summary>
    public byte[]? SignedBody { get; init; }

    public long SignedAt { get; init; } = Now;

    public const long Now = 1_700_000_000;
    public const string Url = "https://hub.example.com/webhooks/incoming/abc?b=2&a=1";

    public SignedRequest Send(byte[] body)
    {
        var headers = new HeaderDictionary { ["Content-Type"] = "application/json" };
        var time = Profile.Timestamp?.Unit switch
        {
            TimestampUnit.Milliseconds => $"{SignedAt}000",
            TimestampUnit.Iso8601 => DateTimeOffset.FromUnixTimeSeconds(SignedAt).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            _ => $"{SignedAt}",
        };
        if (Profile.Signed.Any(p => p.Part == SignedPartKind.SortedForm))
        {
            headers["Content-Type"] = "application/x-www-form-urlencoded";
        }

        if (Profile.Signature.BodyField is not null)
        {
            return new("POST", Url, headers, InBody(time), DateTimeOffset.FromUnixTimeSeconds(Now));
        }

        if (Profile.Timestamp?.Header is { } timeHeader)
        {
            headers[timeHeader] = time;
        }

        if (Profile.IdHeader is { } idHeader)
        {
            headers[idHeader] = "msg_1";
        }

        using var content = new MemoryStream();
        for (var i = 0; i < Profile.Signed.Count; i++)
        {
            content.Write(Encoding.UTF8.GetBytes(i == 0 ? "" : Profile.Separator));
            content.Write(Part(Profile.Signed[i], time, SignedBody ?? body));
        }

        var signature = Prefix + Encode(Mac(content.ToArray()));
        var place = Profile.Signature;
        signature = EntryKey is { } key ? key + place.KeySeparator + signature : signature;
        headers[place.Header] = Profile.Timestamp?.Key is { } timeKey ? $"{timeKey}{place.KeySeparator}{time}{place.ListSeparator}{signature}" : signature;
        return new("POST", Url, headers, body, DateTimeOffset.FromUnixTimeSeconds(Now));
    }

    private byte[] InBody(string time)
    {
        if (Profile.Name == "mailgun")
        {
            return JsonSerialize(
                new JsonObject
                {
                    ["signature"] = new JsonObject
                    {
                        ["timestamp"] = time,
                        ["token"] = "t0",
                        ["signature"] = Prefix + Encode(Mac(Encoding.UTF8.GetBytes(time + "t0"))),
                    },
                    ["event-data"] = new JsonObject { ["event"] = "opened" },
                }
            );
        }

        var signature = Encode(Mac("883:o1:Shop:r-1:1130:EUR:CAPTURE:true"u8.ToArray()));
        var item = JsonNode.Parse(
            """
            { "pspReference": "883", "originalReference": "o1", "merchantAccountCode": "Shop", "merchantReference": "r-1",
              "amount": { "value": 1130, "currency": "EUR" }, "eventCode": "CAPTURE", "success": "true" }
            """
        )!;
        item["additionalData"] = new JsonObject { ["hmacSignature"] = signature };
        return JsonSerialize(new JsonObject { ["notificationItems"] = new JsonArray(new JsonObject { ["NotificationRequestItem"] = item }) });
    }

    private static byte[] JsonSerialize(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    private byte[] Part(SignedPart part, string time, byte[] body) =>
        part.Part switch
        {
            SignedPartKind.Body => body,
            SignedPartKind.Literal => Encoding.UTF8.GetBytes(part.Text),
            SignedPartKind.Timestamp => Encoding.UTF8.GetBytes(time),
            SignedPartKind.Id => "msg_1"u8.ToArray(),
            SignedPartKind.Method => "POST"u8.ToArray(),
            SignedPartKind.Url or SignedPartKind.DecodedUrl => Encoding.UTF8.GetBytes(SignedUrl),
            SignedPartKind.SortedForm => Encoding.UTF8.GetBytes(
                string.Concat(
                    Encoding
                        .UTF8.GetString(body)
                        .Split('&', StringSplitOptions.RemoveEmptyEntries)
                        .Order(StringComparer.Ordinal)
                        .Select(pair => pair.Replace("=", "", StringComparison.Ordinal))
                )
            ),
            _ => throw new NotSupportedException(part.Part.ToString()),
        };

    private byte[] Mac(byte[] content) =>
        Algorithm switch
        {
#pragma warning disable CA5350 // The provider's algorithm.
            SignatureAlgorithm.HmacSha1 => HMACSHA1.HashData(Key, content),
#pragma warning restore CA5350
            SignatureAlgorithm.HmacSha512 => HMACSHA512.HashData(Key, content),
            _ => HMACSHA256.HashData(Key, content),
        };
}
