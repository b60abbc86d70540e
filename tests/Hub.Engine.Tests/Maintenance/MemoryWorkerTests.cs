using Hub.Engine.Maintenance;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Engine.Tests.Maintenance;

public sealed class MemoryWorkerTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Look_QuietAfterMuchWork_CollectsAFewTimesAndThenRests()
    {
        using var worker = new MemoryWorker(TimeProvider.System, NullLogger<MemoryWorker>.Instance);
        Assert.False(worker.Look(500 * Megabyte));
        var collected = Enumerable.Range(1, 40).Select(look => worker.Look((500 + look) * Megabyte)).ToArray();
        Assert.Equal([1, 5, 9, 13], collected.Index().Where(look => look.Item).Select(look => look.Index + 1));
    }

    [Fact]
    public void Look_LittleWorkInBetween_PutsOffWhatIsOwed()
    {
        using var worker = new MemoryWorker(TimeProvider.System, NullLogger<MemoryWorker>.Instance);
        Assert.False(worker.Look(500 * Megabyte));
        Assert.True(worker.Look(500 * Megabyte));
        Assert.DoesNotContain(true, Enumerable.Range(1, 5).Select(look => worker.Look((500 + (look * 10)) * Megabyte)));
        Assert.True(worker.Look(550 * Megabyte));
    }

    [Fact]
    public void Look_WhileMuchIsDone_CollectsNothing()
    {
        using var worker = new MemoryWorker(TimeProvider.System, NullLogger<MemoryWorker>.Instance);
        Assert.DoesNotContain(true, Enumerable.Range(1, 20).Select(look => worker.Look(look * 100 * Megabyte)));
    }

    [Fact]
    public void Look_LittleWasDone_CollectsNothing()
    {
        using var worker = new MemoryWorker(TimeProvider.System, NullLogger<MemoryWorker>.Instance);
        Assert.DoesNotContain(true, Enumerable.Range(1, 20).Select(look => worker.Look(look * Megabyte)));
    }
}
