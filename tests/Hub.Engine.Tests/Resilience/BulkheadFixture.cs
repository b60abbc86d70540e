namespace Hub.Engine.Tests.Resilience;

/// <summary>A hub with few places for calls and fewer runners, and two destinations.</summary>
public sealed class BulkheadFixture : IAsyncLifetime
{
    public const int PerDestination = 8;
    public const int PerWorkflow = 12;

    public TestHub Hub { get; private set; } = null!;

    public StandIn One { get; private set; } = null!;

    public StandIn Two { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        One = await StandIn.StartAsync();
        Two = await StandIn.StartAsync();
        Hub = await TestHub.StartAsync(
            ("Hub:Engine:Concurrency", "4"),
            ("Hub:Calls:PerDestination", $"{PerDestination}"),
            ("Hub:Calls:PerWorkflow", $"{PerWorkflow}"),
            ("Hub:Calls:Wait", "00:00:00.1"),
            ("Hub:Breakers:FailuresInRow", "5"),
            ("Hub:Breakers:Pause", "00:00:00.2"),
            ("Hub:Breakers:RampTime", "00:00:00.5"),
            ("Hub:Breakers:RecoveryFloor", "100")
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }
}
