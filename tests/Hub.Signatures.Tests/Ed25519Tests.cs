using System.Numerics;

namespace Hub.Signatures.Tests;

public sealed class Ed25519Tests
{
    private const string Key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private const string Signature =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    /// <summary>RFC 8032, section 7.1, tests 1 to 3 and SHA(abc).</summary>
    [Theory]
    [InlineData(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )]
    [InlineData(Key, "72", Signature)]
    [InlineData(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )]
    [InlineData(
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
    )]
    public void Verify_Rfc8032_Valid(string key, string message, string signature) => Assert.True(Verify(key, message, signature));

    [Fact]
    public void Verify_AnyBitChanged_Refused()
    {
        for (var bit = 0; bit < 512; bit += 11)
        {
            var changed = Convert.FromHexString(Signature);
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verify(Key, "72", Convert.ToHexString(changed)));
        }

        Assert.False(Verify(Key, "73", Signature));
        Assert.False(Verify("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "72", Signature));
    }

    [Fact]
    public void Verify_ScalarPlusOrder_Refused()
    {
        var bytes = Convert.FromHexString(Signature);
        var order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
        var twin = new BigInteger(bytes.AsSpan(32), isUnsigned: true) + order;
        twin.TryWriteBytes(bytes.AsSpan(32), out _, isUnsigned: true);

        Assert.False(Verify(Key, "72", Convert.ToHexString(bytes)));
    }

    /// <summary>Kinds of forgery that public test suites for Ed25519 hold: lengths, points and scalars that a careless check lets pass.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c")]
    [InlineData("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c0000")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69daedd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")]
    [InlineData("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69daffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Verify_ForgedSignature_Refused(string signature) => Assert.False(Verify(Key, "72", signature));

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void Verify_KeyOfSmallOrder_SignsNothing(string key)
    {
        const string signsAnything =
            "01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000";

        Assert.False(Verify(key, "72", signsAnything));
        Assert.False(Verify(key, "", signsAnything));
    }

    [Theory]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af466")]
    public void IsPublicKey_NotACanonicalPointOfPrimeOrder_False(string key) => Assert.False(Ed25519.IsPublicKey(Convert.FromHexString(key)));

    private static bool Verify(string key, string message, string signature) =>
        Ed25519.Verify(Convert.FromHexString(key), Convert.FromHexString(signature), Convert.FromHexString(message));
}
