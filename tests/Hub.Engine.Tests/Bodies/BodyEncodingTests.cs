using System.IO.Compression;
using Hub.Engine.Bodies;

namespace Hub.Engine.Tests.Bodies;

public sealed class BodyEncodingTests
{
    /// <summary>Hard to compress, so that cutting it off anywhere cuts off data.</summary>
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => (i * 7919 % 10007).ToString())));

    public static TheoryData<string, string> Codings =>
        new()
        {
            { "gzip", "gzip" },
            { "gzip", "x-gzip" },
            { "gzip", " GZIP " },
            { "zlib", "deflate" },
            { "raw", "deflate" },
            { "br", "br" },
        };

    [Theory]
    [MemberData(nameof(Codings))]
    public void Body_Compressed_IsUnpacked(string format, string coding)
    {
        Assert.Equal(BodyVerdict.Readable, BodyEncoding.Decode(Pack(Body, format), coding, out var decoded));
        Assert.True(decoded.Span.SequenceEqual(Body));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Body_CutOff_IsMalformed(string format, string coding)
    {
        var packed = Pack(Body, format);
        foreach (var length in (int[])[1, 2, 5, 20, packed.Length / 2, packed.Length - 9, packed.Length - 4, packed.Length - 1])
        {
            Assert.True(BodyEncoding.Decode(packed[..length], coding, out var decoded) == BodyVerdict.Malformed, $"{length} of {packed.Length} bytes");
            Assert.True(decoded.IsEmpty);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Body_OfSomethingElse_IsMalformed(string coding)
    {
        foreach (
            var body in (byte[][])
                [
                    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
                    Body,
                    "{\"plain\":1}"u8.ToArray(),
                    [0x1f, 0x8b],
                    new byte[1000],
                ]
        )
        {
            var verdict = BodyEncoding.Decode(body, coding, out _);
            Assert.True(verdict == BodyVerdict.Malformed, $"{coding} {body.Length}: {verdict}");
        }
    }

    [Fact]
    public void Gzip_ChangedInside_IsMalformed()
    {
        var packed = Pack(Body, "gzip");
        packed[packed.Length - 6] ^= 0xff;
        Assert.Equal(BodyVerdict.Malformed, BodyEncoding.Decode(packed, "gzip", out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public void Gzip_OfSeveralMembers_IsUnpackedAsOne(int members)
    {
        foreach (
            var part in (byte[][])
                [
                    [7],
                    [8, 9],
                    Body,
                    Body[..16_384],
                    Body[..16_376],
                ]
        )
        {
            var packed = Enumerable.Repeat(Pack(part, "gzip"), members).SelectMany(member => member).ToArray();
            Assert.Equal(BodyVerdict.Readable, BodyEncoding.Decode(packed, "gzip", out var decoded));
            Assert.True(decoded.Span.SequenceEqual([.. Enumerable.Repeat(part, members).SelectMany(member => member)]), $"{part.Length} bytes");
            foreach (var cut in (int[])[1, 4, 8, 9])
            {
                Assert.Equal(BodyVerdict.Malformed, BodyEncoding.Decode(packed[..^cut], "gzip", out _));
            }

            Assert.Equal(BodyVerdict.Malformed, BodyEncoding.Decode([.. packed, 0], "gzip", out _));
        }
    }

    [Fact]
    public void Gzip_StoredAndCutOff_IsMalformed()
    {
        var output = new MemoryStream();
        using (var packer = new GZipStream(output, CompressionLevel.NoCompression, leaveOpen: true))
        {
            packer.Write(Body);
        }

        var packed = output.ToArray();
        for (var length = 1; length < packed.Length; length++)
        {
            Assert.Equal(BodyVerdict.Malformed, BodyEncoding.Decode(packed[..length], "gzip", out _));
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Body_BeyondTheGivenLimit_InflatesTooMuch(string format, string coding)
    {
        var packed = Pack(Body, format);
        Assert.Equal(BodyVerdict.Readable, BodyEncoding.Decode(packed, coding, Body.Length, null, out var decoded));
        Assert.True(decoded.Span.SequenceEqual(Body));
        Assert.Equal(BodyVerdict.InflatesTooMuch, BodyEncoding.Decode(packed, coding, Body.Length - 1, null, out decoded));
        Assert.True(decoded.IsEmpty);
    }

    [Fact]
    public void Gzip_ThatSaysItsSize_TakesNoMoreMemoryThanThat()
    {
        var asked = new List<long>();
        Assert.Equal(BodyVerdict.Readable, BodyEncoding.Decode(Pack(Body, "gzip"), "gzip", Body.Length, Ask, out var decoded));
        Assert.True(decoded.Span.SequenceEqual(Body));
        Assert.InRange(Assert.Single(asked), Body.Length, Body.Length + 8);

        bool Ask(long bytes)
        {
            asked.Add(bytes);
            return true;
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Body_WithoutRoom_IsNeitherReadNorCalledMalformed(string format, string coding)
    {
        Assert.Equal(BodyVerdict.NoRoom, BodyEncoding.Decode(Pack(Body, format), coding, Body.Length, static _ => false, out var decoded));
        Assert.True(decoded.IsEmpty);
    }

    [Fact]
    public void Gzip_OfMembersThatGrow_FindsNoRoomWhereThatEnds()
    {
        byte[] packed = [.. Pack(Body, "gzip"), .. Pack(Body, "gzip"), .. Pack([7], "gzip")];
        var most = 0L;
        Assert.Equal(BodyVerdict.Readable, BodyEncoding.Decode(packed, "gzip", 3 * Body.Length, Ask, out var decoded));
        Assert.Equal((2 * Body.Length) + 1, decoded.Length);
        Assert.InRange(most, decoded.Length, 5 * decoded.Length);
        Assert.Equal(BodyVerdict.NoRoom, BodyEncoding.Decode(packed, "gzip", 3 * Body.Length, bytes => bytes < most, out _));

        bool Ask(long bytes)
        {
            most = Math.Max(most, bytes);
            return true;
        }
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("zlib", "deflate")]
    [InlineData("raw", "deflate")]
    [InlineData("br", "br")]
    public void Body_ThatInflatesTooMuch_IsRefused(string format, string coding)
    {
        Assert.Equal(BodyVerdict.InflatesTooMuch, BodyEncoding.Decode(Pack(new byte[BodyEncoding.MaxDecodedBytes], format), coding, out var decoded));
        Assert.True(decoded.IsEmpty);
        Assert.Equal(BodyVerdict.Readable, BodyEncoding.Decode(Pack(new byte[BodyEncoding.FreeBytes], format), coding, out _));
        Assert.Equal(BodyVerdict.InflatesTooMuch, BodyEncoding.Decode(Pack(new byte[BodyEncoding.FreeBytes + 1], format), coding, out _));
    }

    [Fact]
    public void Body_BeyondTheLargest_IsRefusedWhateverTheRatio()
    {
        var noise = new byte[1 << 20];
        new Random(1).NextBytes(noise);
        byte[] Filled(int size)
        {
            var body = new byte[size];
            noise.CopyTo(body, 0);
            return body;
        }

        Assert.Equal(BodyVerdict.Readable, BodyEncoding.Decode(Pack(Filled(BodyEncoding.MaxDecodedBytes), "gzip"), "gzip", out _));
        Assert.Equal(BodyVerdict.InflatesTooMuch, BodyEncoding.Decode(Pack(Filled(BodyEncoding.MaxDecodedBytes + 1), "gzip"), "gzip", out _));
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("", true, false)]
    [InlineData("identity", true, false)]
    [InlineData("gzip", true, true)]
    [InlineData("gzip, gzip", false, true)]
    [InlineData("zstd", false, true)]
    [InlineData("compress", false, true)]
    public void Coding_IsKnownOrNot(string? header, bool known, bool encoded)
    {
        Assert.Equal((known, encoded), (BodyEncoding.IsKnown(header), BodyEncoding.IsEncoded(header)));
        Assert.Equal(
            known
                ? encoded
                    ? BodyVerdict.Malformed
                    : BodyVerdict.Readable
                : BodyVerdict.UnknownEncoding,
            BodyEncoding.Decode(Body, header, out _)
        );
    }

    [Fact]
    public void Body_Empty_NeedsNoUnpacking() => Assert.Equal(BodyVerdict.Readable, BodyEncoding.Decode([], "gzip", out _));

    internal static byte[] Pack(byte[] body, string format)
    {
        var output = new MemoryStream();
        using (
            Stream packer = format switch
            {
                "gzip" => new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true),
                "zlib" => new ZLibStream(output, CompressionLevel.SmallestSize, leaveOpen: true),
                "raw" => new DeflateStream(output, CompressionLevel.SmallestSize, leaveOpen: true),
                _ => new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true),
            }
        )
        {
            packer.Write(body);
        }

        return output.ToArray();
    }
}
