using System.Text;
using Hub.Routing.Writing;

namespace Hub.Routing.Tests.Writing;

public sealed class JsonTokensTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("[]", 2)]
    [InlineData("""{ "a": 1, "b": [ 2, { } ] }""", 10)]
    [InlineData("\",,,::{{[[\" ", 1)]
    [InlineData("[[[[1,2],3],4],5]", 13)]
    public void AreMoreThan_OfADocument_CountsEveryToken(string json, int tokens)
    {
        Assert.True(JsonTokens.AreMoreThan(tokens - 1, Encoding.UTF8.GetBytes(json)));
        Assert.False(JsonTokens.AreMoreThan(tokens, Encoding.UTF8.GetBytes(json)));
    }
}
