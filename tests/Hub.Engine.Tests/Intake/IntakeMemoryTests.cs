using Hub.Engine.Intake;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Tests.Intake;

public sealed class IntakeMemoryTests
{
    private readonly IntakeMemory _memory = new(Options.Create(new IntakeOptions { MaxBodyBytesInWork = 200 }));

    [Fact]
    public void Body_SmallAndAsItIs_NeedsNoShare()
    {
        Assert.Null(_memory.Open(IntakeMemory.Unweighed, null));
        Assert.Null(_memory.Open(1, "identity"));
        Assert.NotNull(_memory.Open(IntakeMemory.Unweighed + 1, null));
        Assert.NotNull(_memory.Open(1, "gzip"));
    }

    [Fact]
    public void Share_BeyondTheLimit_FindsNoRoomUntilOthersAreGone()
    {
        using var first = _memory.Open(1, "gzip")!;
        using var second = _memory.Open(1, "gzip")!;
        Assert.True(first.TryHold(60));
        Assert.True(first.TryHold(50));
        Assert.False(second.TryHold(41));
        Assert.True(second.TryHold(40));
        Assert.False(first.TryHold(61));
        Assert.Equal(100, _memory.Taken);
        first.Dispose();
        Assert.True(second.TryHold(1000));
        Assert.Equal(100, _memory.Taken);
        second.Dispose();
        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public void Senders_OfOneSource_LeaveRoomForOthers()
    {
        var (one, other) = (_memory.Of(Guid.CreateVersion7()), _memory.Of(Guid.CreateVersion7()));
        Assert.True(one.TryTake(40, held: 0));
        Assert.True(one.TryTake(10, held: 0));
        Assert.False(one.TryTake(1, held: 0));
        Assert.False(one.TryTake(1, held: 40));
        Assert.True(other.TryTake(50, held: 0));
        one.GiveBack(50);
        Assert.Equal((0, 50, 50), (one.Taken, other.Taken, _memory.Taken));
    }

    [Fact]
    public void Sender_AloneAtItsSource_MayExceedItsShareUpToTheWhole()
    {
        var memory = _memory.Of(Guid.CreateVersion7());
        Assert.True(memory.TryTake(30, held: 0));
        Assert.True(memory.TryTake(60, held: 30));
        Assert.False(memory.TryTake(20, held: 90));
        Assert.False(memory.TryTake(1, held: 0));
        memory.GiveBack(90);
        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public void Source_AskedForTwice_IsTheSame()
    {
        var id = Guid.CreateVersion7();
        Assert.Same(_memory.Of(id), _memory.Of(id));
        Assert.NotSame(_memory.Of(id), _memory.Of(Guid.Empty));
    }

    [Fact]
    public void Weight_OfManySmallValues_IsWhatTheirDocumentTakes()
    {
        var dense = IntakeMemory.WeightOf(Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("0,", 10_000)) + "0]"));
        var plain = IntakeMemory.WeightOf(Encoding.UTF8.GetBytes("[\"" + new string('x', 20_000) + "\"]"));
        Assert.InRange(dense, 36 * 10_000, 36 * 10_000 + 6 * 20_100);
        Assert.InRange(plain, 20_000, 6 * 20_100);
    }
}
