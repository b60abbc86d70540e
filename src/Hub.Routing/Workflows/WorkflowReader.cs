using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Workflows.Rules;
using Hub.Routing.Workflows.Triggers;

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
        var errors = new ErrorList();
        var definition = ReadDocument(utf8Json.Span, catalog, samples ?? [], errors);
        return new WorkflowCheck(errors.HasErrors ? null : definition, errors.ToArray());
    }

    private static WorkflowDefinition? ReadDocument(ReadOnlySpan<byte> utf8, IStepCatalog catalog, IReadOnlyList<JsonElement> samples, ErrorList errors)
    {
        if (utf8.Length > WorkflowLimits.DocumentBytes)
        {
            errors.Error(
                ErrorCodes.DocumentTooLarge,
                JsonPlace.Root,
                $"The document has {utf8.Length} bytes; {WorkflowLimits.DocumentBytes} are allowed.",
                "Split the workflow, or move data out of it."
            );
            return null;
        }

        // Some editors put a byte order mark before JSON.
        utf8 = ByteOrderMark.Off(utf8);
        if (!DocumentScan.TryScan(utf8, errors))
        {
            return null;
        }

        var document = JsonElement.Parse(utf8);
        if (ObjectReader.Open(document, JsonPlace.Root, errors) is not { } root || !LanguageBudget.IsKept(document, errors))
        {
            return null;
        }

        ReadSchema(root, errors);
        var name = root.Require("name", "Add \"name\".", out _) ? root.NameText("name") : null;
        var description = root.NameText("description", WorkflowLimits.DescriptionLength, lines: true);
        var trigger = root.Require("trigger", $"Add \"trigger\": {TriggerKinds.Examples}.", out var start) ? TriggerReader.Read(start, errors) : null;
        var policy = root.Has("errorPolicy", out var written) ? ErrorPolicyReader.Read(written, errors) : ErrorPolicy.Default;
        var steps = ReadSteps(root, catalog, policy, errors);
        var vars = root.Object("vars");
        root.Has("$schema", out _);
        root.Close();

        var draft = new WorkflowDraft(trigger, steps, policy, catalog, vars, samples);
        foreach (var rule in WorkflowRules.All)
        {
            rule.Check(draft, errors);
        }

        return name is null || trigger is null
            ? null
            : new WorkflowDefinition(name, description, trigger, [.. steps.Select(step => step.Definition)], policy, vars);
    }

    private static void ReadSchema(ObjectReader root, ErrorList errors)
    {
        const string Remedy = $"Write \"schema\": \"{Schema}\".";
        if (root.Require("schema", Remedy, out _) && root.Text("schema") is { } schema && schema != Schema)
        {
            errors.Error(ErrorCodes.SchemaUnknown, JsonPlace.Root["schema"], "This version reads no other schema than flowpilot/v1.", Remedy);
        }
    }

    private static List<StepDraft> ReadSteps(ObjectReader root, IStepCatalog catalog, ErrorPolicy policy, ErrorList errors)
    {
        if (!root.Require("steps", "Add \"steps\": [ ... ].", out var steps))
        {
            return [];
        }

        var place = JsonPlace.Root["steps"];
        if (steps.ValueKind != JsonValueKind.Array || steps.GetArrayLength() == 0)
        {
            ObjectReader.WrongType(errors, place, "an array of at least one step", steps);
            return [];
        }

        if (steps.GetArrayLength() > WorkflowLimits.Steps)
        {
            errors.Error(
                ErrorCodes.TooMany,
                place,
                $"A workflow has at most {WorkflowLimits.Steps} steps, and this has {steps.GetArrayLength()}.",
                "Split it into several workflows."
            );
        }

        var reader = new StepReader(catalog, policy.Retry ?? RetryPolicy.Default, errors);
        return [.. steps.EnumerateArray().Take(WorkflowLimits.Steps).Select((step, index) => reader.Read(step, place[index])).OfType<StepDraft>()];
    }
}
