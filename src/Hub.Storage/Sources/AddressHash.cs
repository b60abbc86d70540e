using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Storage.Sources;

/// <summary>The SHA-256 of a token. Tokens are random and long, so nobody finds one by its hash.</summary>
public readonly record struct AddressHash(UInt128 First, UInt128 Second)
{
    /// <summary>Tokens have 32 characters; longer texts are none.</summary>
    private const int LongestToken = 256;

    /// <summary>The hash of what stands in a URL where the token belongs; null when it is too long for one.</summary>
    public static AddressHash? Of(string token)
    {
        if (token.Length > LongestToken)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[3 * LongestToken];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(token, text)], hash);
        return From(hash);
    }

    /// <param name="hash">As of <see cref="ToBytes"/>.</param>
    public static AddressHash From(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));

    public byte[] ToBytes()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, First);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), Second);
        return bytes;
    }

    /// <summary>In hex.</summary>
    public override string ToString() => $"{First:x32}{Second:x32}";
}
