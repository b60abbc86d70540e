using System.Text;
using System.Text.Json;
using Hub.Engine.Catalog;
using Hub.Engine.Executions;
using Hub.Routing.Graph;
using Hub.Routing.Templates;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>Asks the triggers of workflows whether they want a delivery, before an execution exists.</summary>
public sealed class TriggerGate(WorkflowCatalog catalog, TemplateOptions templates)
{
    /// <summary>The workflows that want it, and why each one that looked at it did or did not. One whose filter cannot be decided does not.</summary>
    public async ValueTask<TriggerVerdicts> DecideAsync(IReadOnlyList<ActiveWorkflow> workflows, Delivery delivery, CancellationToken cancellationToken)
    {
        List<(ActiveWorkflow Workflow, WorkflowPlan Plan)>? looking = null;
        foreach (var workflow in workflows)
        {
            // One that no longer compiles starts, and its execution says what is wrong.
            if ((await catalog.FindPlanAsync(workflow.Id, workflow.Version, cancellationToken)).Plan is { } plan && (plan.TriggerFilter is not null || plan.TriggerSchema is not null))
            {
                (looking ??= []).Add((workflow, plan));
            }
        }

        return looking is null ? new(workflows, null) : Decide(workflows, looking, delivery);
    }

    private TriggerVerdicts Decide(IReadOnlyList<ActiveWorkflow> workflows, List<(ActiveWorkflow Workflow, WorkflowPlan Plan)> looking, Delivery delivery)
    {
        var wanting = workflows.ToList();
        var trigger = RunContext.WriteJson(writer => TriggerJson.Write(writer, delivery));
        var decisions = RunContext.WriteJson(writer =>
        {
            writer.WriteStartArray();
            foreach (var (workflow, plan) in looking)
            {
                using var context = JsonDocument.Parse(ContextOf(workflow, plan, trigger), RunContext.ParseOptions);
                var decision = TriggerDecision.Decide(plan, context.RootElement, templates);
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
        return new(wanting, Encoding.UTF8.GetString(decisions));
    }

    private static byte[] ContextOf(ActiveWorkflow workflow, WorkflowPlan plan, byte[] trigger) => RunContext.WriteJson(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("trigger"u8);
        writer.WriteRawValue(trigger, skipInputValidation: true);
        writer.WriteStartObject("workflow"u8);
        writer.WriteString("id"u8, workflow.Id);
        writer.WriteString("name"u8, plan.Definition.Name);
        writer.WriteNumber("version"u8, workflow.Version);
        writer.WriteEndObject();
        writer.WritePropertyName("vars"u8);
        RunContext.WriteVars(writer, plan.Definition.Vars);
        writer.WriteEndObject();
    });
}

/// <param name="Wanting">The workflows that start.</param>
/// <param name="Decisions">A JSON array of what those that have a filter or schema decided; null when none has.</param>
public readonly record struct TriggerVerdicts(IReadOnlyList<ActiveWorkflow> Wanting, string? Decisions);
