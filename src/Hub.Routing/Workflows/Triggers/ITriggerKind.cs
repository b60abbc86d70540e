using System.Text.Json.Nodes;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Triggers;

/// <summary>One kind of trigger, as documents write it.</summary>
internal interface ITriggerKind
{
    /// <summary>Its <c>type</c> in documents.</summary>
    string Type { get; }

    /// <summary>A trigger of this kind, for remedies.</summary>
    string Example { get; }

    /// <summary>The JSON Schema of a trigger of this kind.</summary>
    JsonObject Schema();

    /// <summary>Reports what a trigger of this kind lacks, and what it has and must not have.</summary>
    void Check(ObjectReader trigger, ErrorList errors);
}
