using Hub.Engine.Maintenance;

namespace Hub.Engine.Tests.Maintenance;

public sealed class MemoryKeeperTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Look_QuietAfterMuchWork_CollectsAFewTimesAndThenRests()
    {
        using var keeper = new MemoryKeeper(TimeProvider.System);
        Assert.False(keeper.Look(500 * Megabyte));
        var collected = Enumerable.Range(1, 40).Select(look => keeper.Look((500 + look) * Megabyte)).ToArray();
        Assert.Equal([1, 5, 9, 13], collected.Index().Where(look => look.Item).Select(look => look.Index + 1));
    }

    [Fact]
    public void Look_LittleWorkInBetween_PutsOffWhatIsOwed()
    {
        using var keeper = new MemoryKeeper(TimeProvider.System);
        Assert.False(keeper.Look(500 * Megabyte));
        Assert.True(keeper.Look(500 * Megabyte));
        Assert.DoesNotContain(true, Enumerable.Range(1, 5).Select(look => keeper.Look((500 + (look * 10)) * Megabyte)));
        Assert.True(keeper.Look(550 * Megabyte));
    }

    [Fact]
    public void Look_WhileMuchIsDone_CollectsNothing()
    {
        using var keeper = new MemoryKeeper(TimeProvider.System);
        Assert.DoesNotContain(true, Enumerable.Range(1, 20).Select(look => keeper.Look(look * 100 * Megabyte)));
    }

    [Fact]
    public void Look_LittleWasDone_CollectsNothing()
    {
        using var keeper = new MemoryKeeper(TimeProvider.System);
        Assert.DoesNotContain(true, Enumerable.Range(1, 20).Select(look => keeper.Look(look * Megabyte)));
    }
}
