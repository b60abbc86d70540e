using System.Text.Json.Nodes;
using Hub.Fields;
using static Hub.Routing.Workflows.Schemas.SchemaParts;

namespace Hub.Routing.Workflows.Schemas;

/// <summary>Steps: what all have, and per type what it takes. A chain of if and then gives editors the errors of the one type.</summary>
internal static class StepSchema
{
    private static readonly string[] BranchOnly = ["when", "cases", "default"];
    private static readonly string[] WorkOnly = ["with", "credential"];

    public static void AddTo(JsonObject definitions, IReadOnlyList<StepTypeDescription> types)
    {
        definitions["case"] = Object(new JsonObject { ["port"] = Ref("port"), ["when"] = Ref("condition") }, "port", "when");
        definitions["port"] = new JsonObject
        {
            ["allOf"] = new JsonArray(Ref("stepId")),
            ["not"] = new JsonObject { ["const"] = StepReference.ErrorPort },
        };
        foreach (var type in types.Where(type => !FlowSteps.IsBranch(type.Type)))
        {
            definitions[NameOf(type)] = Inputs(type);
        }

        var step = Object(
            new JsonObject
            {
                ["id"] = Ref("stepId"),
                ["type"] = OneOf(types.Select(type => type.Type)),
                ["name"] = Name(),
                ["after"] = Items(Ref("incomingEdge"), 0, WorkflowLimits.IncomingEdges).Described("Step ids, or id.port; none means after the trigger."),
                ["join"] = OneOf("all", "any"),
                ["with"] = Type("object"),
                ["credential"] = Name(),
                ["retry"] = Ref("retry"),
                ["timeout"] = Ref("duration"),
                ["when"] = Ref("condition"),
                ["cases"] = Items(Ref("case"), 1, WorkflowLimits.SwitchCases),
                ["default"] = Ref("port"),
            },
            "id",
            "type"
        );
        step["allOf"] = new JsonArray([.. types.Select(Rule)]);
        definitions["step"] = step;
    }

    private static string NameOf(StepTypeDescription type) => $"with.{type.Type}";

    private static JsonObject Rule(StepTypeDescription type) =>
        new()
        {
            ["if"] = new JsonObject
            {
                ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = type.Type } },
                ["required"] = new JsonArray("type"),
            },
            ["then"] = Then(type).Described(type.Summary),
        };

    private static JsonObject Then(StepTypeDescription type)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        string[] refused = type.Type switch
        {
            FlowSteps.If => [.. WorkOnly, "cases", "default"],
            FlowSteps.Switch => [.. WorkOnly, "when"],
            _ => type is { AcceptsCredential: false, CredentialRequired: false } ? [.. BranchOnly, "credential"] : BranchOnly,
        };
        foreach (var name in refused)
        {
            properties[name] = false;
        }

        if (FlowSteps.IsBranch(type.Type))
        {
            required.Add(type.Type == FlowSteps.If ? "when" : "cases");
        }
        else
        {
            properties["with"] = AnyOf(Ref(NameOf(type)), Ref("query"));
        }

        if (type.Fields.Any(field => field.Required) || type.Type == FlowSteps.Delay)
        {
            required.Add("with");
        }

        if (type.CredentialRequired)
        {
            required.Add("credential");
        }

        return new JsonObject { ["properties"] = properties, ["required"] = required };
    }

    private static JsonObject Inputs(StepTypeDescription type)
    {
        var schema = Object(
            new JsonObject(type.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Field(field)))),
            type.Fields.Where(field => field.Required).Select(field => field.Name)
        );
        schema["additionalProperties"] = type.AcceptsOtherFields;
        if (type.Type == FlowSteps.Delay)
        {
            schema["oneOf"] = new JsonArray(Needs("for"), Needs("until"));
        }

        if (type.Type == FlowSteps.Respond)
        {
            var status = Integer(FlowSteps.LeastStatus, FlowSteps.GreatestStatus);
            schema["allOf"] = new JsonArray(
                new JsonObject
                {
                    ["properties"] = new JsonObject
                    {
                        ["status"] = AnyOf(
                            status,
                            new JsonObject { ["type"] = "string", ["pattern"] = "^[2-5][0-9]{2}$" },
                            Ref("template"),
                            Ref("query"),
                            Type("null")
                        ),
                    },
                }
            );
        }

        return schema;
    }

    /// <summary>RFC 9110, section 5.1.</summary>
    private static JsonObject Headers() =>
        new()
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$" },
            ["additionalProperties"] = AnyOf(Scalar(), Ref("query"), Type("null")),
        };

    private static JsonObject Needs(string name) => new() { ["required"] = new JsonArray(name) };

    private static JsonObject Field(StepField field)
    {
        JsonObject? written = field.Type switch
        {
            FieldType.Text => field.Choices is { } choices ? AnyCaseOf(choices) : Scalar(),
            FieldType.Number => AnyOf(Type("number"), Ref("number")),
            FieldType.Boolean => AnyOf(Type("boolean"), AnyCaseOf(["true", "false"])),
            FieldType.Object when field.Place == StepFieldPlace.Headers => Headers(),
            FieldType.Object => Type("object"),
            FieldType.Array => Type("array"),
            FieldType.Duration => Ref("duration"),
            _ => null,
        };
        var schema = written is null ? new JsonObject() : AnyOf(Optional(field, written));
        return schema.Described(field.Summary);
    }

    // An optional input may be null, which is the same as leaving it out.
    private static IEnumerable<JsonNode> Optional(StepField field, JsonObject written) =>
        field.Required ? [written, Ref("template"), Ref("query")] : [written, Ref("template"), Ref("query"), Type("null")];
}
