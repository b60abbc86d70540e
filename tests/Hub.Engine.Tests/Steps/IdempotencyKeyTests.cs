using Hub.Engine.Steps;

namespace Hub.Engine.Tests.Steps;

public sealed class IdempotencyKeyTests
{
    private static readonly Guid Execution = new("0192a0c0-0000-7000-8000-000000000001");

    [Theory]
    [InlineData(null, "0192a0c0-0000-7000-8000-000000000001-send")]
    [InlineData("lines.4", "0192a0c0-0000-7000-8000-000000000001-lines.4-send")]
    [InlineData("orders.7/lines.4", "0192a0c0-0000-7000-8000-000000000001-orders.7/lines.4-send")]
    public void Of_StepOfAnIteration_NamesItsPath(string? iteration, string key) => Assert.Equal(key, Of(iteration));

    [Fact]
    public void Of_LongPath_IsBoundedAndStillOfThatItemOnly()
    {
        var outer = string.Join('/', Enumerable.Repeat("a_step_of_a_long_name.12345", 20));
        Assert.Equal(Of($"{outer}/lines.1"), Of($"{outer}/lines.1"));
        Assert.NotEqual(Of($"{outer}/lines.1"), Of($"{outer}/lines.2"));
        Assert.InRange(Of($"{outer}/lines.1").Length, 1, 200);
    }

    private static string Of(string? iteration) => IdempotencyKey.Of(new StepScope(Execution, default) { Iteration = iteration }, "send");
}
