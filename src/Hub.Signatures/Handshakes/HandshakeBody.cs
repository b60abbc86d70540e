using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Fields;

namespace Hub.Signatures.Handshakes;

/// <summary>Writes a handshake's answer. Whatever comes from the request is bounded and of harmless characters, or the answer is 400.</summary>
internal static class HandshakeBody
{
    private const string PlainText = "text/plain";

    /// <param name="name">The handshake's name.</param>
    /// <param name="reply">How the answer is made.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="key">The secret to hash with; null where nothing is hashed.</param>
    /// <param name="kept">A secret for the operator.</param>
    public static HandshakeAnswer Write(string name, HandshakeReply reply, SignedRequest request, HandshakeKey? key, string? kept)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Content-Type-Options"] = "nosniff" };
        foreach (var (header, field) in reply.Headers ?? new Dictionary<string, string>())
        {
            if (Read(field, request) is not { } value || !EchoText.IsToken(value))
            {
                return Refuse(name);
            }

            headers[header] = value;
        }

        if (reply.Echo is { } echo)
        {
            return Read(echo, request) is { } value && EchoText.IsSafe(value)
                ? new(name, reply.Status, PlainText, Encoding.UTF8.GetBytes(value), headers, kept)
                : Refuse(name);
        }

        if (reply.Json is { } fields)
        {
            return Object(fields, request, key) is { } json ? new(name, reply.Status, "application/json", json, headers, kept) : Refuse(name);
        }

        var text = Encoding.UTF8.GetBytes(reply.Text ?? "");
        return new(name, reply.Status, text.Length == 0 ? null : reply.ContentType ?? PlainText, text, headers, kept);
    }

    public static HandshakeAnswer Refuse(string name) =>
        new(
            name,
            400,
            PlainText,
            "The challenge is too long or has characters that are not repeated."u8.ToArray(),
            new Dictionary<string, string> { ["X-Content-Type-Options"] = "nosniff" }
        );

    private static byte[]? Object(IReadOnlyDictionary<string, HandshakeValue> fields, SignedRequest request, HandshakeKey? key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Writing);
        writer.WriteStartObject();
        foreach (var (property, value) in fields)
        {
            var given = Read(value.Field, request);
            var text =
                given is null || !EchoText.IsToken(given) ? null
                : value.Hmac is { } encoding ? Hash(given, encoding, key)
                : given;
            if (text is null)
            {
                return null;
            }

            writer.WriteString(property, value.Prefix + text);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string? Hash(string text, ByteEncoding encoding, HandshakeKey? key)
    {
        if (key is not { Secret: { } secret, Form: var form })
        {
            return null;
        }

        using var bytes = SecretKey.Read(secret, form);
        if (bytes.Error is not null)
        {
            return null;
        }

        var hash = HMACSHA256.HashData(bytes.Bytes, Encoding.UTF8.GetBytes(text));
        return encoding == ByteEncoding.Base64 ? Convert.ToBase64String(hash) : Convert.ToHexStringLower(hash);
    }

    private static string? Read(string field, SignedRequest request) => RequestField.TryParse(field, out var place) ? place.Read(request) : null;
}

/// <summary>The secret that a handshake's answer is hashed with.</summary>
internal readonly record struct HandshakeKey(SecretForm Form, string? Secret);
