using System.Collections.Concurrent;
using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Engine.Steps;
using Hub.Routing.Workflows;
using Polly;
using Polly.CircuitBreaker;

namespace Hub.Engine.Resilience;

/// <summary>
/// One circuit breaker per credential and host, shared by all workflows: when most calls to a destination fail, calls are parked
/// for a while instead of being made. A parked call costs its step no try.
/// </summary>
public sealed class DestinationBreakers(ScatteredWait waits, TimeProvider time)
{
    /// <summary>The error code of a call that was not made.</summary>
    public const string OpenCode = "breaker_open";

    private const int MostDestinations = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, ResiliencePipeline<ActionResult>> _pipelines = new(StringComparer.Ordinal);

    /// <summary>The destination a call goes to: the action's connector, the credential and, when the input names a URL, its host.</summary>
    public static string KeyOf(StepDefinition step, JsonElement input)
    {
        var connector = step.Type[..step.Type.IndexOf('.')];
        var host = Uri.TryCreate(InputText.Get(input, "url"), UriKind.Absolute, out var url) ? url.Authority : "";
        return $"{connector}|{step.Credential}|{host}";
    }

    public async Task<ActionResult> RunAsync(string destination, Func<CancellationToken, Task<ActionResult>> call, CancellationToken cancellationToken)
    {
        if (_pipelines.Count > MostDestinations)
        {
            _pipelines.Clear();
        }

        var pipeline = _pipelines.GetOrAdd(destination, _ => Build());
        try
        {
            return await pipeline.ExecuteAsync(static async (call, token) => await call(token), call, cancellationToken);
        }
        catch (BrokenCircuitException open)
        {
            var wait = waits.AtLeast(open.RetryAfter ?? Pause);
            return ActionResult.Failed(new ConnectorError(OpenCode, "Most recent calls to this destination failed, so this one was put off.", Retryable: true, wait));
        }
    }

    /// <summary>Only what says that the destination is unwell counts: no answer, or a server's error. A refused request does not.</summary>
    private ResiliencePipeline<ActionResult> Build() =>
        new ResiliencePipelineBuilder<ActionResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ActionResult>
            {
                FailureRatio = 0.9,
                MinimumThroughput = 50,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = Pause,
                ShouldHandle = new PredicateBuilder<ActionResult>().HandleResult(result => result.Error is { Retryable: true, HttpStatus: null or >= 500 }),
            })
            .Build();
}
