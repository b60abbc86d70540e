using Hub.Connectors.Http;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.Tests.Http;

public sealed class LargeAnswersTests
{
    private static readonly Uri One = new("http://one.example.com/a");
    private static readonly Uri Other = new("http://other.example.com/");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_MoreThanThereAre_WaitsUntilOneIsGivenBack()
    {
        using var answers = new LargeAnswers(Options.Create(new OutboundOptions { MaxLargeAnswers = 1 }));
        var first = await answers.TakeAsync(One, Cancel);
        var second = answers.TakeAsync(Other, Cancel);
        Assert.False(second.IsCompleted);

        first.Dispose();
        first.Dispose();
        (await second).Dispose();
        (await answers.TakeAsync(One, Cancel)).Dispose();
    }

    [Fact]
    public async Task Take_ByOneHost_LeavesAQuarterToOthers()
    {
        using var answers = new LargeAnswers(Options.Create(new OutboundOptions { MaxLargeAnswers = 4 }));
        for (var i = 0; i < 3; i++)
        {
            await answers.TakeAsync(One, Cancel);
        }

        Assert.False(answers.TakeAsync(One, Cancel).IsCompleted);
        Assert.True(answers.TakeAsync(Other, Cancel).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Take_GivenUp_HoldsNothing()
    {
        using var answers = new LargeAnswers(Options.Create(new OutboundOptions { MaxLargeAnswers = 1 }));
        var first = await answers.TakeAsync(One, Cancel);
        using var given = new CancellationTokenSource();
        var second = answers.TakeAsync(Other, given.Token);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        first.Dispose();
        (await answers.TakeAsync(Other, Cancel)).Dispose();
    }
}
