using System.IO.Pipelines;
using Hub.Api.Bodies;
using Microsoft.Extensions.Options;

namespace Hub.Api.Tests.Bodies;

/// <summary>How slow is too slow, by a clock that goes when told. The windows are long, so that the real timer never looks.</summary>
public sealed class SlowBodiesTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(2.5);

    private readonly ManualTime _time = new();
    private readonly SlowBodies _slow;

    public SlowBodiesTests() =>
        _slow = new SlowBodies(
            Options.Create(
                new LimitOptions
                {
                    MinBodyRate = 10,
                    BodyWindow = TimeSpan.FromMinutes(10),
                    BodyTimeout = TimeSpan.FromHours(2),
                }
            ),
            _time
        );

    public void Dispose() => _slow.Dispose();

    [Fact]
    public void Body_ThatCameFastAndThenDrips_IsCutWithinAWindow()
    {
        using var pace = _slow.Watch(PipeReader.Create(Stream.Null));
        pace.Note(1 << 20);
        Pass(4, pace, perStep: 1);
        Assert.False(pace.IsCut);
        Pass(1, pace, perStep: 1);
        Assert.True(pace.IsCut);
    }

    [Fact]
    public void Body_ThatComesSteadily_IsLeftUntilItTookTooLong()
    {
        using var pace = _slow.Watch(PipeReader.Create(Stream.Null));
        Pass(47, pace, perStep: 1600);
        Assert.False(pace.IsCut);
        Pass(1, pace, perStep: 1600);
        Assert.True(pace.IsCut);
    }

    [Fact]
    public void Body_ThatPausesForLessThanAWindow_IsLeft()
    {
        using var pace = _slow.Watch(PipeReader.Create(Stream.Null));
        for (var i = 0; i < 8; i++)
        {
            Pass(3, pace, perStep: 0);
            Pass(1, pace, perStep: 6100);
        }

        Assert.False(pace.IsCut);
    }

    [Fact]
    public void Body_ThatIsDone_IsNoLongerLookedAt()
    {
        var done = _slow.Watch(PipeReader.Create(Stream.Null));
        done.Dispose();
        Pass(60, done, perStep: 0);
        Assert.False(done.IsCut);
    }

    private void Pass(int steps, BodyPace pace, long perStep)
    {
        for (var i = 0; i < steps; i++)
        {
            pace.Note(pace.Received + perStep);
            _time.Advance(Step);
            _slow.Look();
        }
    }
}
