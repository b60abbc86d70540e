using System.Text.Json;
using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

public sealed class NumberComparisonTests
{
    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("1", "1e0", 0)]
    [InlineData("100", "1E+2", 0)]
    [InlineData("0.001", "1e-3", 0)]
    [InlineData("0", "-0.00e99", 0)]
    [InlineData("12.50", "0.125e2", 0)]
    [InlineData("-1", "1", -1)]
    [InlineData("-2", "-1.5", -1)]
    [InlineData("-0.5", "0", -1)]
    [InlineData("0.09", "0.1", -1)]
    [InlineData("9007199254740992", "9007199254740993", -1)]
    [InlineData("9223372036854775807", "9223372036854775808", -1)]
    [InlineData("0.1000000000000000055511151231257827", "0.1", 1)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890.0", 0)]
    [InlineData("1e400", "1e401", -1)]
    [InlineData("1e-400", "0", 1)]
    [InlineData("1e99999999999999999999", "1e-99999999999999999999", 1)]
    [InlineData("0e99999999999999999999", "0", 0)]
    public void Numbers_Compared_ByMathematicalValue(string left, string right, int order)
    {
        var document = JsonElement.Parse($"[[{left},{right}]]");
        bool Holds(string condition) => JsonPathQuery.Parse($"$[?{condition}]").Select(document).Count == 1;
        Assert.Equal(order == 0, Holds("@[0] == @[1]"));
        Assert.Equal(order < 0, Holds("@[0] < @[1]"));
        Assert.Equal(order >= 0, Holds($"{left} >= {right}"));
        Assert.Equal(order > 0, Holds($"@[0] > {right}"));
        Assert.Equal(order != 0, Holds($"{left} != @[1]"));
    }
}
