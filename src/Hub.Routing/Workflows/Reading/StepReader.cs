using System.Text.Json;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows.Reading;

/// <summary>Reads the shape of one step; what it refers to is left to the rules.</summary>
internal sealed class StepReader(IStepCatalog catalog, RetryPolicy inherited, ErrorList errors)
{
    public StepDraft? Read(JsonElement element, JsonPlace place)
    {
        if (ObjectReader.Open(element, place, errors) is not { } reader)
        {
            return null;
        }

        var type = reader.Require("type", "Add \"type\": a flow step or a connector's action.", out _) ? reader.Text("type") ?? string.Empty : string.Empty;
        var definition = new StepDefinition
        {
            Id = ReadId(reader),
            Type = type,
            Name = reader.NameText("name"),
            After = ReadAfter(reader),
            Join = reader.Choice("join", StepJoin.All, ("all", StepJoin.All), ("any", StepJoin.Any)),
        };
        if (type is FlowSteps.If or "")
        {
            reader.Has("when", out var when);
            definition = definition with { When = when };
        }

        if (type is FlowSteps.Switch or "")
        {
            definition = definition with { Cases = ReadCases(reader, required: type == FlowSteps.Switch), Default = reader.Text("default") };
        }

        if (type == FlowSteps.If && definition.When.ValueKind == JsonValueKind.Undefined)
        {
            reader.Require("when", "Add \"when\": { \"path\": ..., \"op\": ..., \"value\": ... }.", out _);
        }

        if (!FlowSteps.IsBranch(type))
        {
            definition = definition with { With = reader.Object("with"), Credential = reader.NameText("credential") };
        }

        definition = definition with
        {
            Retry = reader.Has("retry", out var retry) ? RetryReader.Read(retry, place["retry"], inherited, errors) : null,
            Timeout = reader.Duration("timeout", WorkflowLimits.Timeout),
        };
        RefuseMisplaced(reader, type);
        reader.Close();
        return new StepDraft(place, definition, type.Length == 0 ? null : FlowSteps.Find(type) ?? catalog.Find(type));
    }

    // Told apart from unknown properties, since the name is right and the step is not.
    private void RefuseMisplaced(ObjectReader reader, string type)
    {
        if (type.Length == 0)
        {
            return;
        }

        Refuse("when", type == FlowSteps.If, "belongs to steps of type if", "Put an if step before this one and follow its true port.");
        Refuse("cases", type == FlowSteps.Switch, "belongs to steps of type switch", "Leave it out, or make the type switch.");
        Refuse("default", type == FlowSteps.Switch, "belongs to steps of type switch", "Leave it out, or make the type switch.");
        Refuse("with", !FlowSteps.IsBranch(type), $"means nothing to a step of type {type}", "Leave it out; the step decides by its conditions.");
        Refuse("credential", !FlowSteps.IsBranch(type), $"means nothing to a step of type {type}", "Leave it out; the step calls no service.");

        void Refuse(string name, bool allowed, string problem, string remedy)
        {
            if (!allowed && reader.Has(name, out _))
            {
                errors.Error(ErrorCodes.UnknownProperty, reader.Place[name], $"'{name}' {problem}.", remedy);
            }
        }
    }

    private string ReadId(ObjectReader reader)
    {
        if (!reader.Require("id", "Add \"id\": a short name that other steps refer to.", out _) || reader.Text("id") is not { } id)
        {
            return string.Empty;
        }

        if (StepPorts.IsName(id))
        {
            return id;
        }

        errors.Error(ErrorCodes.StepIdInvalid, reader.Place["id"], $"'{NearestName.Shorten(id)}' is not a step id.", $"Write {StepPorts.NameForm}.");
        return string.Empty;
    }

    private List<StepReference> ReadAfter(ObjectReader reader)
    {
        if (!reader.Has("after", out var after))
        {
            return [];
        }

        var place = reader.Place["after"];
        if (after.ValueKind != JsonValueKind.Array)
        {
            ObjectReader.WrongType(errors, place, "an array of step ids", after);
            return [new StepReference(string.Empty, null)];
        }

        if (after.GetArrayLength() > WorkflowLimits.IncomingEdges)
        {
            errors.Error(
                ErrorCodes.TooMany,
                place,
                $"A step has at most {WorkflowLimits.IncomingEdges} incoming edges.",
                "Join some of them in a step of their own."
            );
        }

        // An entry that is no text stays as an empty one: places and entries keep the same index.
        return
        [
            .. after
                .EnumerateArray()
                .Take(WorkflowLimits.IncomingEdges)
                .Select((edge, index) => StepReference.Parse(reader.TextOf(edge, place[index]) ?? string.Empty)),
        ];
    }

    private List<SwitchCaseDefinition> ReadCases(ObjectReader reader, bool required)
    {
        if (!(required ? reader.Require("cases", "Add \"cases\": [ { \"port\": ..., \"when\": ... } ].", out var cases) : reader.Has("cases", out cases)))
        {
            return [];
        }

        var place = reader.Place["cases"];
        if (cases.ValueKind != JsonValueKind.Array || cases.GetArrayLength() == 0)
        {
            ObjectReader.WrongType(errors, place, "an array of at least one case", cases);
            return [];
        }

        if (cases.GetArrayLength() > WorkflowLimits.SwitchCases)
        {
            errors.Error(ErrorCodes.TooMany, place, $"A switch has at most {WorkflowLimits.SwitchCases} cases.", "Split it over several steps.");
        }

        return [.. cases.EnumerateArray().Take(WorkflowLimits.SwitchCases).Select((each, index) => ReadCase(each, place[index]))];
    }

    private SwitchCaseDefinition ReadCase(JsonElement element, JsonPlace place)
    {
        if (ObjectReader.Open(element, place, errors) is not { } reader)
        {
            return new SwitchCaseDefinition(string.Empty, default);
        }

        var port = reader.Require("port", "Add \"port\": the name that later steps follow.", out _) ? reader.Text("port") : null;
        reader.Require("when", "Add \"when\": { \"path\": ..., \"op\": ..., \"value\": ... }.", out var when);
        reader.Close();
        return new SwitchCaseDefinition(port ?? string.Empty, when);
    }
}
