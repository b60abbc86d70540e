using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hub.Connectors;
using Hub.Connectors.Contract;
using Hub.Connectors.Secrets;
using Hub.Engine.Credentials;
using Hub.Engine.Executions;
using Hub.Engine.Resilience;
using Hub.Fields;
using Hub.Routing.Graph;
using Hub.Routing.Templates;
using Hub.Routing.Workflows;
using Hub.Routing.Writing;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Steps;

/// <summary>Carries out one try of one step.</summary>
public sealed class StepRunner(
    IEnumerable<IFlowStep> flowSteps,
    IEnumerable<ISuspendingStep> suspendingSteps,
    ConnectorRegistry connectors,
    CredentialStore credentials,
    CallGate gate,
    GoneDestinations gone,
    TimeProvider time,
    TemplateOptions templates,
    IOptions<EngineOptions> options
)
{
    private readonly TemplateOptions _small = templates with { MaxBytes = Math.Min(RunPlace.Small, templates.MaxBytes) };

    private readonly Dictionary<string, IFlowStep> _flowSteps = flowSteps.ToDictionary(step => step.Type, StringComparer.Ordinal);

    private readonly Dictionary<string, ISuspendingStep> _suspendingSteps = suspendingSteps.ToDictionary(step => step.Type, StringComparer.Ordinal);

    /// <summary>Whether the step calls someone. Only such steps are worth recording before the next one begins.</summary>
    public bool IsCall(PlannedStep step) => !_flowSteps.ContainsKey(step.Definition.Type) && !_suspendingSteps.ContainsKey(step.Definition.Type);

    /// <summary>Has a step go on that has rested.</summary>
    public StepOutcome GoOn(PlannedStep step, WaitEnd end) => Bounded(_suspendingSteps[step.Definition.Type].GoOn(step, end));

    /// <summary>Runs a step that calls nobody.</summary>
    public StepOutcome RunFlowStep(PlannedStep step, StepScope scope)
    {
        if (!TryRender(step, scope, out var input, out var refused))
        {
            return refused;
        }

        using (input)
        {
            var type = step.Definition.Type;
            IReadOnlyList<IField> fields = FlowSteps.Find(type)?.Fields ?? [];
            var given = StepFields.InForm(fields, input.RootElement);
            var text = step.Inputs is null ? null : given.GetRawText();
            return StepFields.ErrorOf(type, fields, given) is { } error
                ? new Failed(error) { Input = text }
                : Bounded(Run(step, given, scope with { InputText = text })) with
                {
                    Input = text,
                };
        }
    }

    private StepOutcome Run(PlannedStep step, JsonElement input, StepScope scope) =>
        _flowSteps.TryGetValue(step.Definition.Type, out var flow)
            ? flow.Run(step, input, scope)
            : _suspendingSteps[step.Definition.Type].Begin(step, input, scope);

    /// <summary>Calls out. The input is rendered before the first await, while the run context is still good.</summary>
    public async Task<StepOutcome> CallAsync(PlannedStep step, StepScope scope, CallOrder order, RunLease lease, CancellationToken cancellationToken)
    {
        if (!TryRender(step, scope, out var input, out var refused))
        {
            return refused;
        }

        var size = JsonMarshal.GetRawUtf8Value(input.RootElement).Length;
        scope.Place?.Hold(size);
        try
        {
            return await CallAsync(step, scope, input, order, lease, cancellationToken);
        }
        finally
        {
            scope.Place?.LetGo(size);
        }
    }

    /// <summary>Inputs that turn out to be large are rendered once more when the run has a place for that: nothing was done yet.</summary>
    private bool TryRender(PlannedStep step, StepScope scope, [NotNullWhen(true)] out JsonDocument? input, [NotNullWhen(false)] out StepOutcome? refused)
    {
        var isSmall = scope.Place is { IsTaken: false } && _small.MaxBytes < templates.MaxBytes;
        var isRendered = StepInput.TryRender(step, scope.RunContext, isSmall ? _small : templates, out input, out var error);
        refused = isRendered ? null : new Failed(error!);
        if (!isSmall || error?.Code != StepSize.Code)
        {
            return isRendered;
        }

        refused = scope.Place!.TakeOrPark();
        return refused is null && TryRender(step, scope, out input, out refused);
    }

    private async Task<StepOutcome> CallAsync(
        PlannedStep step,
        StepScope scope,
        JsonDocument input,
        CallOrder order,
        RunLease lease,
        CancellationToken cancellationToken
    )
    {
        using (input)
        {
            if (!connectors.TryFindAction(step.Definition.Type, out var declared))
            {
                return new Failed(new ConnectorError("unknown_action", $"No connector offers '{step.Definition.Type}' any more.", Retryable: false));
            }

            var given = StepFields.InForm(declared.Manifest.Inputs, input.RootElement);
            var credential = default(CredentialFields);
            if (step.Definition.Credential is { } name)
            {
                var found = await credentials.FindAsync(name, step.Definition.Type, cancellationToken);
                if (!found.IsFound)
                {
                    return new Failed(found.Error);
                }

                credential = found.Credential;
            }

            var mask = credential?.Mask ?? SecretMask.None;
            var recordedInput = mask.MaskInput(given, declared.Manifest.Destination).GetRawText();
            var context = new ActionContext(given, credential?.Fields, IdempotencyKey.Of(scope, step.Definition.Id))
            {
                HostIsWrittenOut = step.HostIsWrittenOut,
            };
            if (declared.ErrorOf(context) is { } wrong)
            {
                return new Failed(Masked(wrong, mask)) { Input = recordedInput };
            }

            var target = new CallTarget(step.Definition, declared.Manifest.Destination, given);
            if (await gone.FindAsync(order.Workflow, target, cancellationToken) is { } lost)
            {
                return new Failed(lost) { Input = recordedInput };
            }

            var (result, parked) = await gate.RunAsync(
                DestinationName.Of(target),
                order,
                token =>
                {
                    lease.ThrowIfLost();
                    return TryAsync(declared.Action, context, step.Definition.Timeout ?? options.Value.StepTimeout, token);
                },
                cancellationToken
            );
            if (result is null)
            {
                return new Parked(parked!.Reason, parked.Error, parked.Rest) { Input = recordedInput };
            }

            await gone.TakeInAsync(order.Workflow, scope.ExecutionId, target, result.Error, cancellationToken);
            StepOutcome outcome = result.Error is { } failed ? new Failed(Masked(failed, mask)) : Bounded(mask.Mask(result.Output));
            return outcome with { Input = recordedInput };
        }
    }

    private static ConnectorError Masked(ConnectorError error, SecretMask mask) =>
        error with
        {
            Message = mask.Mask(error.Message),
            Response = error.Response is { } response ? mask.Mask(response) : null,
            Inputs = [.. error.Inputs.Select(input => new InputError(mask.Mask(input.Pointer), mask.Mask(input.Message)))],
        };

    /// <summary>Every later step reads every output again, so none may be larger than the operator allows.</summary>
    private StepOutcome Bounded(StepOutcome outcome)
    {
        var most = options.Value.MaxStepOutput;
        return outcome is Succeeded { Output: { } output } && output.Length > most / 4 && Encoding.UTF8.GetByteCount(output) > most
            ? new Failed(StepSize.TooLarge("The output has more than", most))
            : outcome;
    }

    private StepOutcome Bounded(JsonElement output)
    {
        var most = options.Value.MaxStepOutput;
        var json = JsonMarshal.GetRawUtf8Value(output);
        return json.Length > most ? new Failed(StepSize.TooLarge("The output has more than", most))
            : JsonTokens.AreMoreThan(StepSize.ValuesIn(most), json) ? new Failed(StepSize.TooManyValues("The output has", most))
            : new Succeeded(output.GetRawText());
    }

    private async Task<ActionResult> TryAsync(IConnectorAction action, ActionContext context, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await action.RunAsync(context, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ActionResult.Failed(new ConnectorError("timeout", $"No answer within {limit.TotalSeconds:0.###} s.", Retryable: true));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && EscapedErrors.Of(exception) is not null)
        {
            return ActionResult.Failed(EscapedErrors.Of(exception)!);
        }
    }
}
