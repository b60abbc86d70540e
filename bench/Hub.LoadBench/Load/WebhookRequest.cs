using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Hub.LoadBench.Load;

/// <summary>A signed request as bytes on the wire. Only its delivery id, which is not signed, changes from one sending to the next.</summary>
internal sealed class WebhookRequest
{
    /// <summary>1 KiB of JSON.</summary>
    public static readonly string Body = MakeBody(1024);

    private const string IdPlace = "----------------";

    private readonly byte[] _bytes;
    private readonly int _idAt;

    private WebhookRequest(byte[] bytes) => (_bytes, _idAt) = (bytes, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(IdPlace)));

    public static WebhookRequest Create(IPEndPoint target, string path, string secret)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Body)));
        return new(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: GitHub-Hookshot/bench\r\nAccept: */*\r\nContent-Type: application/json\r\n"
            + $"X-GitHub-Event: push\r\nX-GitHub-Delivery: {IdPlace}\r\nX-Hub-Signature-256: sha256={signature}\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
    }

    public WebhookRequest Copy() => new((byte[])_bytes.Clone());

    public ReadOnlySpan<byte> WithId(long id)
    {
        id.TryFormat(_bytes.AsSpan(_idAt, IdPlace.Length), out _, "x16", CultureInfo.InvariantCulture);
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
