using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

public sealed class JsonPathPointerTests
{
    [Theory]
    [InlineData("$", "")]
    [InlineData("$.a[0]['b/c~d']", "/a/0/b~1c~0d")]
    [InlineData("$[12].id", "/12/id")]
    [InlineData("$[-1].id", null)]
    [InlineData("$..id", null)]
    [InlineData("$[*].id", null)]
    public void Pointer_OfASingularQuery_LeadsToTheSame(string path, string? expected) => Assert.Equal(expected, JsonPathQuery.Parse(path).Pointer);
}
