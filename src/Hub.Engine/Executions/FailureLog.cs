using System.Text.Json;
using Hub.Storage.Journal;
using Hub.Storage.Rounds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Executions;

/// <summary>
/// Says in the log that an execution failed. Of one kind (workflow, step and code) one line is written at once, and one a minute that counts the others:
/// a destination that is away must not fill the disk.
/// </summary>
public sealed partial class FailureLog(TimeProvider time, ILogger<FailureLog> logger) : BackgroundService
{
    /// <summary>How many kinds are told apart within a minute; of others only the number is told.</summary>
    private const int MostKinds = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Dictionary<FailureKind, int> _more = [];
    private int _ofOtherKinds;

    /// <param name="entry">The recorded end, with its error and dead letter.</param>
    /// <param name="workflow">The workflow's name, or its id where the name is not known.</param>
    public void Tell(Guid workflowId, string workflow, JournalEntry entry)
    {
        var kind = new FailureKind(workflowId, workflow, entry.DeadLetter?.StepId ?? "-", CodeOf(entry.Error));
        lock (_gate)
        {
            if (_more.TryGetValue(kind, out var before))
            {
                _more[kind] = before + 1;
                return;
            }

            if (_more.Count >= MostKinds)
            {
                _ofOtherKinds++;
                return;
            }

            _more[kind] = 0;
        }

        Log.Failed(logger, entry.ExecutionId, workflow, workflowId, kind.Step, kind.Code, entry.DeadLetter?.Id);
    }

    /// <summary>Tells how many more there were since the last time. The next one of each kind is told at once again.</summary>
    internal void Flush()
    {
        Dictionary<FailureKind, int> more;
        int others;
        lock (_gate)
        {
            (more, others) = (_more, _ofOtherKinds);
            (_more, _ofOtherKinds) = ([], 0);
        }

        foreach (var (kind, count) in more.Where(static each => each.Value > 0))
        {
            Log.More(logger, count, kind.Workflow, kind.WorkflowId, kind.Step, kind.Code);
        }

        if (others > 0)
        {
            Log.Others(logger, others);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Flush();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rounds = new RoundRules { Interval = Interval, TellFailed = exception => Log.NotTold(logger, exception) };
        return RoundLoop.RunAsync(rounds, RunOnceAsync, time, stoppingToken);
    }

    private Task RunOnceAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    private static string CodeOf(string? error)
    {
        if (error is null)
        {
            return "-";
        }

        using var json = JsonDocument.Parse(error, new JsonDocumentOptions { MaxDepth = 1000 });
        return
            json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("code"u8, out var code)
            && code.ValueKind == JsonValueKind.String
            ? code.GetString()!
            : "-";
    }

    private sealed record FailureKind(Guid WorkflowId, string Workflow, string Step, string Code);

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "Execution {ExecutionId} of workflow '{Workflow}' ({WorkflowId}) failed at step {Step}: {Code}. Dead letter {DeadLetterId}"
        )]
        public static partial void Failed(ILogger logger, Guid executionId, string workflow, Guid workflowId, string step, string code, Guid? deadLetterId);

        [LoggerMessage(2, LogLevel.Warning, "{Count} more executions of workflow '{Workflow}' ({WorkflowId}) failed at step {Step} within a minute: {Code}")]
        public static partial void More(ILogger logger, int count, string workflow, Guid workflowId, string step, string code);

        [LoggerMessage(3, LogLevel.Warning, "{Count} more executions failed within a minute in other ways; see GET /api/v1/dead-letters")]
        public static partial void Others(ILogger logger, int count);

        [LoggerMessage(4, LogLevel.Error, "Failures of executions could not be told; they are counted on")]
        public static partial void NotTold(ILogger logger, Exception exception);
    }
}
