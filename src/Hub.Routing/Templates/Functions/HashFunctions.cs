using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Routing.Templates.Functions;

/// <summary>Digests and Base64 of a text's UTF-8 bytes, under <c>string</c> and under <c>hash</c> and <c>base64</c>.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Services still sign with SHA-1.")]
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "MD5 is asked for as a checksum.")]
internal static class HashFunctions
{
    public static BuiltinGroup AddTo(BuiltinGroup group) =>
        group
            .Add("md5(text text)", a => Hex(MD5.HashData(Bytes(a, 0))))
            .Add("sha1(text text)", a => Hex(SHA1.HashData(Bytes(a, 0))))
            .Add("sha256(text text)", a => Hex(SHA256.HashData(Bytes(a, 0))))
            .Add("sha512(text text)", a => Hex(SHA512.HashData(Bytes(a, 0))))
            .Add("hmac_sha1(text text, text secretKey)", a => Hex(HMACSHA1.HashData(Bytes(a, 1), Bytes(a, 0))))
            .Add("hmac_sha256(text text, text secretKey)", a => Hex(HMACSHA256.HashData(Bytes(a, 1), Bytes(a, 0))))
            .Add("hmac_sha512(text text, text secretKey)", a => Hex(HMACSHA512.HashData(Bytes(a, 1), Bytes(a, 0))))
            .Add("base64_encode(text text)", Encode)
            .Add("base64_decode(text text)", Decode);

    public static BuiltinGroup CreateHash() =>
        new BuiltinGroup()
            .Add("sha256(text text)", a => Hex(SHA256.HashData(Bytes(a, 0))))
            .Add("hmac_sha256(text text, text secret)", a => Hex(HMACSHA256.HashData(Bytes(a, 1), Bytes(a, 0))));

    public static BuiltinGroup CreateBase64() => new BuiltinGroup().Add("encode(text text)", Encode).Add("decode(text text)", Decode);

    private static string Encode(Arguments a) => a.Made(text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))) ?? "";

    private static string Decode(Arguments a)
    {
        a.State.ChargeText(a.Text(0)?.Length ?? 0);
        return Encoding.UTF8.GetString(Convert.FromBase64String(a.Text(0) ?? ""));
    }

    private static byte[] Bytes(Arguments a, int index) => Encoding.UTF8.GetBytes(a.Text(index) ?? "");

    private static string Hex(byte[] digest) => Convert.ToHexStringLower(digest);
}
