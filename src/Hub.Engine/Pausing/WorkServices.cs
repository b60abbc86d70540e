using Hub.Storage.Pausing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Pausing;

/// <summary>
/// Starts everything that begins work on its own: with the hub, or, when that is paused, once it is resumed. Whatever claims, rescues, wakes or drops
/// something is registered by <see cref="WorkRegistration.AddWork{T}"/>, and so need not know that a hub can be paused.
/// </summary>
public sealed partial class WorkServices(HubPause pause, IEnumerable<WorkService> services, IServiceProvider provider, ILogger<WorkServices> logger)
    : IHostedService,
        IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<IHostedService> _waiting = [.. services.Select(service => (IHostedService)provider.GetRequiredService(service.Type))];
    private readonly Stack<IHostedService> _started = [];
    private bool _isStopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (pause.Reason is not { } reason)
        {
            return StartAllAsync(cancellationToken);
        }

        Log.Paused(logger, reason);
        return Task.CompletedTask;
    }

    /// <summary>Starts what a paused hub has not started, and ends the pause. What fails leaves it paused, and can be tried again.</summary>
    /// <param name="before">Done first.</param>
    /// <returns>Whether it was paused.</returns>
    public async Task<bool> ResumeAsync(Func<CancellationToken, Task> before, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!pause.IsPaused || _isStopping)
            {
                return false;
            }

            await before(cancellationToken);
            await StartAllAsync(cancellationToken);
            pause.End();
            Log.Resumed(logger);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What was started last is stopped first.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        _isStopping = true;
        _turn.Release();
        List<Exception> errors = [];
        while (_started.TryPop(out var service))
        {
            try
            {
                await service.StopAsync(cancellationToken);
            }
#pragma warning disable CA1031 // The others are still to be stopped.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                errors.Add(exception);
            }
        }

        if (errors.Count > 0)
        {
            throw new AggregateException(errors);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        while (_waiting.Count > 0)
        {
            await _waiting[0].StartAsync(cancellationToken);
            _started.Push(_waiting[0]);
            _waiting.RemoveAt(0);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "This hub is paused: {Reason}. It receives nothing and runs nothing until POST /api/v1/resume")]
        public static partial void Paused(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Warning, "This hub was resumed: it receives deliveries and runs executions from now on")]
        public static partial void Resumed(ILogger logger);
    }
}

/// <summary>A service that begins work on its own.</summary>
public sealed record WorkService(Type Type);
