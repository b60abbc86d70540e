using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Workflows.Rules;

namespace Hub.Routing.Workflows;

/// <summary>Reads and checks workflow documents. Nothing a document holds makes it throw.</summary>
public static class WorkflowReader
{
    /// <summary>The value of a document's <c>schema</c>.</summary>
    public const string Schema = "flowpilot/v1";

    /// <param name="utf8Json">The document.</param>
    /// <param name="catalog">The actions there are.</param>
    /// <param name="samples">Bodies of deliveries as they arrive; what reads <c>trigger.body</c> is held against them.</param>
    public static WorkflowCheck Read(ReadOnlyMemory<byte> utf8Json, IStepCatalog catalog, IReadOnlyList<JsonElement>? samples = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var faults = new FaultList();
        var definition = ReadDocument(utf8Json.Span, catalog, samples ?? [], faults);
        return new WorkflowCheck(faults.HasErrors ? null : definition, faults.ToArray());
    }

    private static WorkflowDefinition? ReadDocument(ReadOnlySpan<byte> utf8, IStepCatalog catalog, IReadOnlyList<JsonElement> samples, FaultList faults)
    {
        if (utf8.Length > WorkflowLimits.DocumentBytes)
        {
            faults.Error(
                FaultCodes.DocumentTooLarge,
                JsonPlace.Root,
                $"The document has {utf8.Length} bytes; {WorkflowLimits.DocumentBytes} are allowed.",
                "Split the workflow, or move data out of it."
            );
            return null;
        }

        // Some editors put a byte order mark before JSON.
        utf8 = ByteOrderMark.Off(utf8);
        if (!DocumentScan.TryScan(utf8, faults))
        {
            return null;
        }

        var document = JsonElement.Parse(utf8);
        if (ObjectReader.Open(document, JsonPlace.Root, faults) is not { } root || !LanguageBudget.IsKept(document, faults))
        {
            return null;
        }

        ReadSchema(root, faults);
        var name = root.Require("name", "Add \"name\".", out _) ? root.NameText("name") : null;
        var description = root.NameText("description", WorkflowLimits.DescriptionLength, lines: true);
        var trigger = root.Require("trigger", "Add \"trigger\": { \"type\": \"webhook\", \"source\": ... } or { \"type\": \"manual\" }.", out var start)
            ? TriggerReader.Read(start, faults)
            : null;
        var policy = root.Has("errorPolicy", out var errors) ? ErrorPolicyReader.Read(errors, faults) : ErrorPolicy.Default;
        var steps = ReadSteps(root, catalog, policy, faults);
        var vars = root.Object("vars");
        root.Has("$schema", out _);
        root.Close();

        var draft = new WorkflowDraft(trigger, steps, policy, catalog, vars, samples);
        foreach (var rule in WorkflowRules.All)
        {
            rule.Check(draft, faults);
        }

        return name is null || trigger is null
            ? null
            : new WorkflowDefinition(name, description, trigger, [.. steps.Select(step => step.Definition)], policy, vars);
    }

    private static void ReadSchema(ObjectReader root, FaultList faults)
    {
        const string Remedy = $"Write \"schema\": \"{Schema}\".";
        if (root.Require("schema", Remedy, out _) && root.Text("schema") is { } schema && schema != Schema)
        {
            faults.Error(FaultCodes.SchemaUnknown, JsonPlace.Root["schema"], "This version reads no other schema than flowpilot/v1.", Remedy);
        }
    }

    private static List<StepDraft> ReadSteps(ObjectReader root, IStepCatalog catalog, ErrorPolicy policy, FaultList faults)
    {
        if (!root.Require("steps", "Add \"steps\": [ ... ].", out var steps))
        {
            return [];
        }

        var place = JsonPlace.Root["steps"];
        if (steps.ValueKind != JsonValueKind.Array || steps.GetArrayLength() == 0)
        {
            ObjectReader.WrongType(faults, place, "an array of at least one step", steps);
            return [];
        }

        if (steps.GetArrayLength() > WorkflowLimits.Steps)
        {
            faults.Error(
                FaultCodes.TooMany,
                place,
                $"A workflow has at most {WorkflowLimits.Steps} steps, and this has {steps.GetArrayLength()}.",
                "Split it into several workflows."
            );
        }

        var reader = new StepReader(catalog, policy.Retry ?? RetryPolicy.Default, faults);
        return [.. steps.EnumerateArray().Take(WorkflowLimits.Steps).Select((step, index) => reader.Read(step, place[index])).OfType<StepDraft>()];
    }
}
