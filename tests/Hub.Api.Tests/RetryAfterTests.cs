using Hub.Api.Errors;

namespace Hub.Api.Tests;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(2, 5)]
    [InlineData(10, 13)]
    [InlineData(60, 72)]
    public void Seconds_OfManySenders_AreScatteredAndNeverFewer(int asked, int most)
    {
        var random = new Random(8);
        var told = Enumerable
            .Range(0, 1000)
            .Select(_ => RetryAfter.Scattered(asked, random))
            .CountBy(static seconds => seconds)
            .OrderBy(static pair => pair.Key)
            .ToList();

        Assert.Equal(Enumerable.Range(asked, most - asked + 1), told.Select(static pair => pair.Key));
        Assert.All(told, pair => Assert.InRange(pair.Value, 0, 2 * 1000 / told.Count));
    }
}
