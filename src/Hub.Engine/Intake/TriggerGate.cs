using System.Text;
using Hub.Engine.Catalog;
using Hub.Engine.Writing;
using Hub.Routing.Graph;
using Hub.Routing.Templates;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>Asks the triggers of workflows whether they want a delivery, before an execution exists.</summary>
public sealed class TriggerGate(WorkflowCatalog catalog, TemplateOptions templates)
{
    /// <summary>The workflows that want it, and why each one that looked at it did or did not. One whose filter cannot be decided does not.</summary>
    /// <param name="deadline">How long to wait for versions that are not in memory; null for as long as it takes.</param>
    /// <returns>Null when there is no room to look at it now.</returns>
    /// <exception cref="TimeoutException">A version could not be read in time.</exception>
    public async ValueTask<TriggerVerdicts?> DecideAsync(
        IReadOnlyList<ActiveWorkflow> workflows,
        Delivery delivery,
        IncomingBody body,
        AnswerDeadline? deadline,
        CancellationToken cancellationToken
    )
    {
        List<(ActiveWorkflow Workflow, WorkflowPlan Plan)>? looking = null;
        foreach (var workflow in workflows)
        {
            // One that no longer compiles starts, and its execution says what is wrong.
            var finding = catalog.FindPlanAsync(workflow.Id, workflow.Version, cancellationToken);
            var found = await (deadline is { } limit ? limit.WaitAsync(finding) : finding);
            if (found.Plan is { } plan && (plan.TriggerFilter is not null || plan.TriggerSchema is not null))
            {
                (looking ??= []).Add((workflow, plan));
            }
        }

        if (looking is null)
        {
            return new(workflows, null);
        }

        return body.TryRead() ? Decide(workflows, looking, delivery, body.Bytes) : null;
    }

    private TriggerVerdicts Decide(
        IReadOnlyList<ActiveWorkflow> workflows,
        List<(ActiveWorkflow Workflow, WorkflowPlan Plan)> looking,
        Delivery delivery,
        ReadOnlyMemory<byte> body
    )
    {
        var wanting = workflows.ToList();
        using var contexts = new TriggerContexts(delivery, body);
        var decisions = ThreadWriter.WriteJson(writer =>
        {
            writer.WriteStartArray();

            // Those that read nothing but the delivery come first and share one document, so that there is never more than one.
            foreach (var (workflow, plan) in looking.OrderBy(static one => !one.Plan.TriggerReadsDeliveryOnly))
            {
                var decision = TriggerDecision.Decide(plan, contexts.For(workflow, plan), templates);
                if (decision.Outcome != TriggerOutcome.Accepted)
                {
                    wanting.Remove(workflow);
                }

                writer.WriteStartObject();
                writer.WriteString("workflowId"u8, workflow.Id);
                writer.WriteNumber("version"u8, workflow.Version);
                writer.WritePropertyName("why"u8);
                decision.WriteWhy(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        return new(wanting, Encoding.UTF8.GetString(decisions.Span));
    }
}

/// <param name="Wanting">The workflows that start.</param>
/// <param name="Decisions">A JSON array of what those that have a filter or schema decided; null when none has.</param>
public sealed record TriggerVerdicts(IReadOnlyList<ActiveWorkflow> Wanting, string? Decisions);
