using Microsoft.Extensions.Options;

namespace Hub.Engine.Executions;

/// <summary>Places for executions that are being worked on. An execution that only waits for calls under way leaves its place to others meanwhile.</summary>
public sealed class RunnerPlaces(IOptions<EngineOptions> options) : IDisposable
{
    /// <summary>Those that wait are served in the order in which they came.</summary>
    private readonly SemaphoreSlim _free = new(options.Value.Concurrency);

    public Task EnterAsync() => _free.WaitAsync();

    public void Leave() => _free.Release();

    /// <summary>Waits outside, and comes back in.</summary>
    public async Task OutsideAsync(Task task)
    {
        if (task.IsCompleted)
        {
            await task;
            return;
        }

        Leave();
        try
        {
            await task;
        }
        finally
        {
            await EnterAsync();
        }
    }

    public void Dispose() => _free.Dispose();
}
