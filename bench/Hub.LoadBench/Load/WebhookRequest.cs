using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Hub.LoadBench.Load;

/// <summary>
/// A signed request as bytes on the wire. From one sending to the next its delivery id changes, and where the Source finds duplicates its body and signature
/// too: for a Source like that, the same signed body is the same delivery.
/// </summary>
internal sealed class WebhookRequest
{
    /// <summary>1 KiB of JSON.</summary>
    public static readonly string Body = MakeBody(1024);

    private const string IdPlace = "----------------";
    private const string NumberInBody = "\"number\":92,";

    private readonly byte[] _bytes;
    private readonly int _idAt;
    private readonly byte[]? _secret;
    private readonly int _signatureAt;
    private readonly int _bodyAt;
    private readonly int _idInBody;

    private WebhookRequest(byte[] bytes, byte[]? secret)
    {
        (_bytes, _secret) = (bytes, secret);
        _idAt = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(IdPlace));
        _signatureAt = bytes.AsSpan().IndexOf("sha256="u8) + "sha256=".Length;
        _bodyAt = bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        _idInBody = bytes.AsSpan(_bodyAt).IndexOf("\"id\":\""u8) + "\"id\":\"".Length;
    }

    /// <param name="isNewEachTime">Whether body and signature are new with each sending.</param>
    public static WebhookRequest Create(IPEndPoint target, string path, string secret, bool isNewEachTime)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        var body = isNewEachTime
            ? Body.Replace(NumberInBody, $"\"number\":92,\"id\":\"{IdPlace}\",", StringComparison.Ordinal)[..(Body.Length - 2)] + "\"}"
            : Body;
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)));
        return new(
            Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: GitHub-Hookshot/bench\r\nAccept: */*\r\nContent-Type: application/json\r\n"
                    + $"X-GitHub-Event: push\r\nX-GitHub-Delivery: {IdPlace}\r\nX-Hub-Signature-256: sha256={signature}\r\nContent-Length: "
                    + $"{body.Length}\r\n\r\n{body}"
            ),
            isNewEachTime ? key : null
        );
    }

    public WebhookRequest Copy() => new((byte[])_bytes.Clone(), _secret);

    public ReadOnlySpan<byte> WithId(long id)
    {
        var place = _bytes.AsSpan(_idAt, IdPlace.Length);
        id.TryFormat(place, out _, "x16", CultureInfo.InvariantCulture);
        if (_secret is not null)
        {
            var body = _bytes.AsSpan(_bodyAt);
            place.CopyTo(body[_idInBody..]);
            Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(_secret, body, signature);
            Convert.TryToHexStringLower(signature, _bytes.AsSpan(_signatureAt), out _);
        }

        return _bytes;
    }

    private static string MakeBody(int length)
    {
        const string Start = """{"title":"Disk almost full","priority":"High","number":92,"host":{"name":"db-1","tags":["eu","primary"]},"detail":" """;
        const string Words = "usage of /var grew by two percent since the last look; ";
        var text = new StringBuilder(Start);
        while (text.Length < length)
        {
            text.Append(Words);
        }

        text.Length = length - 2;
        return text.Append("\"}").ToString();
    }
}
