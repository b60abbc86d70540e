using Hub.Connectors.Contract;
using Hub.Connectors.Secrets;
using Hub.Connectors.Tests.StandIns;
using Hub.Fields;

namespace Hub.Connectors.Tests.Secrets;

public sealed class SecretMaskTests
{
    private const string Secret = "p@ss/word\"1";
    private readonly SecretMask mask = new([Secret, "1234567", "abc"]);

    [Theory]
    [InlineData("""{"a":"x p@ss/word\"1 y"}""", """{"a":"x *** y"}""")]
    [InlineData("""{"a":"p\u0040ss\/word\u00221"}""", """{"a":"***"}""")]
    [InlineData("""{"p@ss/word\"1":1}""", """{"***":1}""")]
    [InlineData("""{"a":"https://h/?k=p%40ss%2Fword%221&b=2"}""", """{"a":"https://h/?k=***&b=2"}""")]
    [InlineData("""{"n":1234567,"m":12}""", """{"n":"***","m":12}""")]
    [InlineData("""["abc"]""", """["abc"]""")]
    [InlineData(
        """{"headers":{"Authorization":"Bearer y","Accept":"*/*","x-api-key":["k"]}}""",
        """{"headers":{"Authorization":"***","Accept":"*/*","x-api-key":"***"}}"""
    )]
    [InlineData("""{"authorization":"of a body"}""", """{"authorization":"of a body"}""")]
    [InlineData("""{"a":"\ud800 p@ss/word\"1"}""", """{"a":"***"}""")]
    public void Mask_Json_HidesSecrets(string json, string expected)
    {
        var masked = mask.Mask(TestHub.Json(json)).GetRawText();
        var bytes = Encoding.UTF8.GetString(mask.Mask((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json)).Span);

        Assert.Equal(expected, masked);
        Assert.Equal(expected, bytes);
    }

    [Fact]
    public void Mask_NothingToHide_SameMemory()
    {
        ReadOnlyMemory<byte> bytes = "{\"a\":\"plain\"}"u8.ToArray();

        Assert.True(mask.Mask(bytes).Equals(bytes));
    }

    [Fact]
    public void Mask_NotJson_MaskedAsText()
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes($"oops: {Secret}");

        Assert.Equal("oops: ***", Encoding.UTF8.GetString(mask.Mask(bytes).Span));
    }

    [Fact]
    public void Mask_SecretInsideSecret_LongestFirst() => Assert.Equal("***", new SecretMask(["token", "token-long"]).Mask("token-long"));

    [Fact]
    public void SecretsOf_Credential_SecretFieldsAndUnknown()
    {
        FieldSpec[] fields = [new("username", FieldType.Text, "."), new("password", FieldType.Text, ".", Secret: true)];

        var secrets = SecretMask.SecretsOf(
            fields,
            new Dictionary<string, string>
            {
                ["username"] = "admin",
                ["password"] = "hunter22",
                ["extra"] = "else",
            }
        );

        Assert.Equal(["hunter22", "else", "YWRtaW46aHVudGVyMjI="], secrets);
        Assert.Empty(SecretMask.SecretsOf(fields, null));
    }
}
