using System.Runtime.InteropServices;
using Hub.Engine.Executions;

namespace Hub.Api.Startup;

/// <summary>The first Ctrl-C or SIGTERM stops the hub and lets executions come to an end; the second one does not wait for them.</summary>
internal sealed class SecondSignal(RunningExecutions running) : IHostedService, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(static registration => registration.Dispose());

    private void Hear(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            context.Cancel = true;
            running.AbandonAllAfter(TimeSpan.Zero);
        }
    }
}
