using Hub.Engine.Intake;

namespace Hub.Engine.Tests.Intake;

public sealed class ProcessorShareTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Work_BeyondItsShare_WaitsUntilItIsPaidOff()
    {
        var share = new ProcessorShare(0.05, TimeSpan.FromMilliseconds(250), _time);
        Spend(share, TimeSpan.FromMilliseconds(200));
        Spend(share, TimeSpan.FromMilliseconds(100));
        Assert.Null(share.TryBegin());

        // 300 ms were spent within 300 ms: 6 s of a twentieth core, of which 5 s may lie ahead.
        _time.Advance(TimeSpan.FromMilliseconds(690));
        Assert.Null(share.TryBegin());
        _time.Advance(TimeSpan.FromMilliseconds(20));
        Spend(share, TimeSpan.FromMilliseconds(1));
        Assert.Null(share.TryBegin());
    }

    [Fact]
    public void Work_UnderWay_IsTheOnlyOne()
    {
        var share = new ProcessorShare(0.05, TimeSpan.FromMilliseconds(250), _time);
        using (share.TryBegin())
        {
            Assert.Null(share.TryBegin());
        }

        Spend(share, TimeSpan.Zero);
    }

    private void Spend(ProcessorShare share, TimeSpan spent)
    {
        using var work = share.TryBegin();
        Assert.NotNull(work);
        _time.Advance(spent);
    }
}
