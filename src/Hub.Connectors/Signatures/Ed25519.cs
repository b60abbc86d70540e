using System.Numerics;

namespace Hub.Connectors.Signatures;

/// <summary>
/// Verification of Ed25519 signatures (RFC 8032, section 5.1.7), which the framework lacks. Only public values pass through here,
/// so it need not run in constant time; a private key must never come near it.
/// </summary>
internal static class Ed25519
{
    public const int KeyBytes = 32;
    public const int SignatureBytes = 64;

    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
    private static readonly BigInteger D = Mod(-121665 * Invert(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Base = Decode(Encode(4 * Invert(5), 0))!.Value;

    public static bool IsPublicKey(ReadOnlySpan<byte> key) => Decode(key) is not null;

    /// <summary>Whether a signature is right, given the SHA-512 of its first half, the key and the message.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> hash)
    {
        var s = new BigInteger(signature[32..], isUnsigned: true);
        if (s >= Order || Decode(key) is not { } a)
        {
            return false;
        }

        // R = sB - hA, compared as written, so that an R of another spelling is refused.
        var h = new BigInteger(hash, isUnsigned: true) % Order;
        var r = Add(Multiply(Base, s), Multiply(a.Negated(), h));
        return r.Encode().AsSpan().SequenceEqual(signature[..32]);
    }

    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[KeyBytes];
        bytes.CopyTo(text);
        var sign = text[31] >> 7;
        text[31] &= 0x7f;
        var y = new BigInteger(text, isUnsigned: true);
        if (y >= P)
        {
            return null;
        }

        var u = Mod((y * y) - 1);
        var v = Mod((D * y * y) + 1);
        var x = Mod(u * BigInteger.ModPow(v, 3, P) * BigInteger.ModPow(u * BigInteger.ModPow(v, 7, P), (P - 5) / 8, P));
        if (Mod(v * x * x) == Mod(-u))
        {
            x = Mod(x * RootOfMinusOne);
        }

        if (Mod(v * x * x) != u || (x.IsZero && sign == 1))
        {
            return null;
        }

        x = (x.IsEven ? 0 : 1) == sign ? x : P - x;
        return new(x, y, 1, Mod(x * y));
    }

    private static byte[] Encode(BigInteger y, int sign)
    {
        var bytes = new byte[KeyBytes];
        Mod(y).TryWriteBytes(bytes, out _, isUnsigned: true);
        bytes[31] |= (byte)(sign << 7);
        return bytes;
    }

    private static Point Multiply(Point point, BigInteger times)
    {
        var sum = new Point(0, 1, 1, 0);
        for (var bit = (int)times.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = Add(sum, sum);
            sum = ((times >> bit) & 1).IsOne ? Add(sum, point) : sum;
        }

        return sum;
    }

    /// <summary>The addition of section 5.1.4, which is complete: it doubles as well.</summary>
    private static Point Add(Point p, Point q)
    {
        var a = Mod((p.Y - p.X) * (q.Y - q.X));
        var b = Mod((p.Y + p.X) * (q.Y + q.X));
        var c = Mod(2 * p.T * q.T * D);
        var d = Mod(2 * p.Z * q.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static BigInteger Invert(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value) => value % P is { Sign: < 0 } negative ? negative + P : value % P;

    /// <summary>In extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z.</summary>
    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
    {
        public Point Negated() => new(P - X, Y, Z, P - T);

        public byte[] Encode()
        {
            var inverse = Invert(Z);
            return Ed25519.Encode(Y * inverse, Mod(X * inverse).IsEven ? 0 : 1);
        }
    }
}
