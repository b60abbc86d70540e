using Hub.Storage.Rounds;
using Npgsql;

namespace Hub.Storage.Tests.Rounds;

/// <summary>The one loop of everything that works at intervals.</summary>
public sealed class RoundLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Rounds_ThatFail_AreFollowedByOthersAndToldOnce()
    {
        var (away, failed) = (new List<string>(), new List<Exception>());
        await RunAsync(Options(away, failed), 12, static round => round switch
            {
                <= 4 => throw new NpgsqlException("it is away"),
                <= 8 => throw new InvalidOperationException($"a bug in round {round}"),
                9 => Task.CompletedTask,
                _ => throw new InvalidOperationException($"a bug in round {round}"),
            });
        Assert.Equal(["it is away"], away);
        Assert.Equal(["a bug in round 5", "a bug in round 10"], failed.Select(static each => each.Message));
    }

    [Fact]
    public async Task Trouble_ThatLasts_IsToldAgainAfterAWhile()
    {
        var away = new List<string>();
        await RunAsync(Options(away, []) with { Quiet = TimeSpan.Zero }, 5, static _ => throw new NpgsqlException("it is away"));
        Assert.Equal(5, away.Count);
    }

    [Fact]
    public async Task FirstRound_ComesAtOnceWhereThatIsAsked()
    {
        await RunAsync(Options([], []) with { Interval = TimeSpan.FromHours(1), BeginsAtOnce = true }, 1, static _ => Task.CompletedTask);
        using var stop = new CancellationTokenSource();
        var rounds = 0;
        var waiting = RoundLoop.RunAsync(
            Options([], []) with
            {
                Interval = TimeSpan.FromHours(1),
            },
            _ => Task.FromResult(++rounds),
            TimeProvider.System,
            stop.Token
        );
        Assert.Equal((0, false), (rounds, waiting.IsCompleted));
        await stop.CancelAsync();
        await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Stop_InTheMiddleOfARound_EndsItWithoutAWord()
    {
        var (away, failed) = (new List<string>(), new List<Exception>());
        using var stop = new CancellationTokenSource();
        var began = new TaskCompletionSource();
        var running = RoundLoop.RunAsync(
            Options(away, failed) with
            {
                BeginsAtOnce = true,
            },
            async cancellation =>
            {
                began.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            },
            TimeProvider.System,
            stop.Token
        );
        await began.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Empty(away);
        Assert.Empty(failed);
    }

    /// <summary>Stops it once it has begun so many rounds.</summary>
    private static async Task RunAsync(RoundRules options, int rounds, Func<int, Task> round)
    {
        using var stop = new CancellationTokenSource();
        var (number, enough) = (0, new TaskCompletionSource());
        var running = RoundLoop.RunAsync(
            options,
            async _ =>
            {
                if (++number > rounds)
                {
                    enough.TrySetResult();
                    return;
                }

                if (number == rounds && options.Interval > Patience)
                {
                    enough.TrySetResult();
                }

                await round(number);
            },
            TimeProvider.System,
            stop.Token
        );
        await enough.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static RoundRules Options(List<string> away, List<Exception> failed) =>
        new()
        {
            Interval = TimeSpan.FromMilliseconds(1),
            TellAway = away.Add,
            TellFailed = failed.Add,
        };
}
