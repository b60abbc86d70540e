using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas;
using Hub.Routing.Templates;

namespace Hub.Routing.Graph;

/// <summary>Whether a delivery starts an execution, and why. It refers to the run context: write it while that document lives.</summary>
public sealed class TriggerDecision
{
    private static readonly TriggerDecision Accepted = new(TriggerOutcome.Accepted, [], null);

    private readonly ConditionResult? _filter;

    private TriggerDecision(TriggerOutcome outcome, IReadOnlyList<SchemaError> errors, ConditionResult? filter) =>
        (Outcome, SchemaErrors, _filter) = (outcome, errors, filter);

    public TriggerOutcome Outcome { get; }

    /// <summary>What the schema does not allow about the body; empty unless <see cref="TriggerOutcome.SchemaUnfulfilled"/>.</summary>
    public IReadOnlyList<SchemaError> SchemaErrors { get; }

    /// <summary>Why the filter could not be decided; null unless <see cref="TriggerOutcome.Undecided"/>.</summary>
    public string? Error => _filter?.Error;

    /// <summary>Decides by the schema first, then by the filter, which is not asked about a body that the schema refuses.</summary>
    /// <param name="plan">The workflow.</param>
    /// <param name="runContext">An object with <c>trigger</c>, <c>workflow</c> and <c>vars</c>. A <c>trigger</c> without <c>body</c> does not fulfil a
    /// schema.</param>
    /// <param name="options">For templates in the filter.</param>
    public static TriggerDecision Decide(WorkflowPlan plan, JsonElement runContext, TemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.TriggerSchema is { } schema && CheckBody(schema, runContext) is { Count: > 0 } errors)
        {
            return new TriggerDecision(TriggerOutcome.SchemaUnfulfilled, errors, null);
        }

        if (plan.TriggerFilter?.Evaluate(runContext, options) is not { } filter)
        {
            return Accepted;
        }

        var outcome =
            filter.Error is not null ? TriggerOutcome.Undecided
            : filter.Value ? TriggerOutcome.Accepted
            : TriggerOutcome.FilteredOut;
        return new TriggerDecision(outcome, [], filter);
    }

    /// <summary>Writes one JSON object: the outcome, and the errors of the body or the explanation of the filter.</summary>
    public void WriteWhy(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("outcome"u8, NameOf(Outcome));
        if (SchemaErrors.Count > 0)
        {
            writer.WriteStartArray("schema"u8);
            foreach (var error in SchemaErrors)
            {
                writer.WriteStartObject();
                writer.WriteString("pointer"u8, error.Pointer);
                writer.WriteString("keyword"u8, error.Keyword);
                writer.WriteString("message"u8, error.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (_filter is not null)
        {
            if (_filter.Error is not null)
            {
                writer.WriteString("error"u8, JsonText.Sound(_filter.Error));
            }

            writer.WritePropertyName("filter"u8);
            _filter.Why.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static IReadOnlyList<SchemaError> CheckBody(PayloadSchema schema, JsonElement runContext) =>
        runContext.TryGetProperty("trigger"u8, out var trigger) && trigger.TryGetProperty("body"u8, out var body)
            ? schema.Check(body)
            : [new SchemaError(string.Empty, "required", "There is no body.")];

    private static string NameOf(TriggerOutcome outcome) =>
        outcome switch
        {
            TriggerOutcome.Accepted => "accepted",
            TriggerOutcome.SchemaUnfulfilled => "schema_unfulfilled",
            TriggerOutcome.FilteredOut => "filtered_out",
            _ => "undecided",
        };
}

/// <summary>What becomes of a delivery before an execution exists.</summary>
public enum TriggerOutcome
{
    /// <summary>The filter could not be decided: neither true nor false; also the default.</summary>
    Undecided,

    /// <summary>It starts an execution.</summary>
    Accepted,

    /// <summary>Its body does not fulfil the trigger's schema.</summary>
    SchemaUnfulfilled,

    /// <summary>The trigger's filter does not hold.</summary>
    FilteredOut,
}
