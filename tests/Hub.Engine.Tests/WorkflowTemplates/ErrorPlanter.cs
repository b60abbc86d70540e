using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hub.Routing.Workflows;

namespace Hub.Engine.Tests.WorkflowTemplates;

/// <summary>Plants errors in a workflow, one a document, at every place that has one of their kind.</summary>
internal static class ErrorPlanter
{
    public static IEnumerable<PlantedError> Plant(JsonObject workflow) =>
        [.. OfTexts(workflow), .. OfSteps(workflow), .. OfConditions(workflow), .. OfGraph(workflow)];

    private static IEnumerable<PlantedError> OfTexts(JsonObject workflow)
    {
        foreach (
            var (text, at) in Texts(workflow["steps"]!, [])
                .Where(each => each.Text.Contains("{{", StringComparison.Ordinal) || each.Text.StartsWith("$.", StringComparison.Ordinal))
        )
        {
            var isTemplate = text.Contains("{{", StringComparison.Ordinal);
            var form = isTemplate ? "template" : "path";
            var read = isTemplate ? @"(?<=[ (!]){0}" : @"(?<=^\$\.){0}";
            foreach (
                var (kind, pattern, with, codes) in new (string, string, string, string[])[]
                {
                    ($"misspelt step in a {form}", @"steps\.(\w+)(\w)(\w)(?=\.)", "steps.$1$3$2", [ErrorCodes.ReadsUnknownStep]),
                    ($"misspelt root in a {form}", @"trigger\.", "triger.", [ErrorCodes.ReadsUnknownRoot]),
                    ($"misspelt vars in a {form}", @"vars\.(\w+)(?=\b)", "vars.$1s", [ErrorCodes.ReadsUnknownMember]),
                    ($"misspelt member of the body in a {form}", @"trigger\.body\.(\w)(\w*)", "trigger.body.$1$1$2", [ErrorCodes.ReadsUnknownMember]),
                    ($"misspelt part of the trigger in a {form}", @"trigger\.body\b", "trigger.bodi", [ErrorCodes.ReadsUnknownMember]),
                    ($"misspelt part of a step in a {form}", @"(steps\.\w+)\.output\b", "$1.outputs", [ErrorCodes.ReadsUnknownMember]),
                    ($"misspelt output in a {form}", @"(steps\.\w+\.output)\.(\w+)", "$1.$2x", [ErrorCodes.ReadsUnknownMember]),
                    ($"wrong error's member in a {form}", @"(steps\.\w+\.error)\.(\w+)", "$1.$2x", [ErrorCodes.ReadsUnknownMember]),
                }
            )
            {
                var changed = new Regex(read.Replace("{0}", pattern, StringComparison.Ordinal), RegexOptions.None, TimeSpan.FromSeconds(1)).Replace(
                    text,
                    with,
                    1
                );
                if (changed != text)
                {
                    yield return Changed(workflow, kind, at, changed, codes);
                }
            }

            yield return isTemplate
                ? Changed(workflow, "broken template", at, text[..text.LastIndexOf("}}", StringComparison.Ordinal)], [ErrorCodes.TemplateInvalid])
                : Changed(workflow, "broken path", at, text + "[", [ErrorCodes.PathInvalid]);
            if (isTemplate)
            {
                yield return Changed(
                    workflow,
                    "broken expression",
                    at,
                    text.Insert(text.IndexOf("{{", StringComparison.Ordinal) + 2, " 1 + * "),
                    [ErrorCodes.TemplateInvalid]
                );
            }
        }
    }

    private static IEnumerable<PlantedError> OfSteps(JsonObject workflow)
    {
        foreach (var (index, step) in workflow["steps"]!.AsArray().Index())
        {
            string[] at = ["steps", $"{index}"];
            var type = step!["type"]!.GetValue<string>();
            yield return Changed(workflow, "unknown property", [.. at, "nmae"], "x", [ErrorCodes.UnknownProperty]);
            yield return Changed(workflow, "unknown step type", [.. at, "type"], type[..^1], [ErrorCodes.StepTypeUnknown]);
            yield return Changed(workflow, "step id with a space", [.. at, "id"], "a step", [ErrorCodes.StepIdInvalid]);
            if (index > 0)
            {
                yield return Changed(
                    workflow,
                    "duplicate id",
                    [.. at, "id"],
                    workflow["steps"]![index - 1]!["id"]!.GetValue<string>(),
                    [ErrorCodes.StepIdDuplicate]
                );
            }

            if (step["credential"] is not null && type.StartsWith("slack", StringComparison.Ordinal))
            {
                yield return Without(workflow, "no credential", [.. at, "credential"], [ErrorCodes.CredentialMissing]);
            }

            if (type is "set" or "if" or "switch" || step["with"] is not JsonObject with)
            {
                continue;
            }

            var required = type switch
            {
                "http.request" => "url",
                "slack.post_message" => "channel",
                "log" => "message",
                "delay" => "for",
                _ => null,
            };
            yield return Changed(workflow, "unknown input", [.. at, "with", "chanel"], "x", [ErrorCodes.InputUnknown]);
            if (required is not null)
            {
                yield return Without(workflow, "missing input", [.. at, "with", required], [ErrorCodes.InputMissing]);
                if (type != "log")
                {
                    yield return Changed(workflow, "input of the wrong type", [.. at, "with", required], new JsonArray(5), [ErrorCodes.InputWrongType]);
                    yield return Changed(workflow, "whole text from an object", [.. at, "with", required], "{{ workflow }}", [ErrorCodes.TypesDiffer]);
                }
            }

            if (with["method"] is not null)
            {
                yield return Changed(workflow, "unknown choice", [.. at, "with", "method"], "FETCH", [ErrorCodes.InputChoice]);
            }

            foreach (
                var (place, kind) in new (string[], string)[]
                {
                    ([.. at, "with", "for"], "delay"),
                    ([.. at, "with", "timeout"], "timeout input"),
                    ([.. at, "timeout"], "timeout"),
                    ([.. at, "retry", "first"], "retry"),
                }
            )
            {
                if (Find(workflow, place) is not null)
                {
                    yield return Changed(workflow, "bad duration", place, "10 minutes", [ErrorCodes.DurationInvalid]);
                }
            }

            if (with["url"] is not null)
            {
                yield return Changed(
                    workflow,
                    "value behind the host",
                    [.. at, "with", "url"],
                    "https://example.com{{ trigger.receivedAt }}/x",
                    [ErrorCodes.UrlHostOpen]
                );
            }
        }
    }

    private static IEnumerable<PlantedError> OfConditions(JsonObject workflow)
    {
        foreach (var at in Texts(workflow["steps"]!, []).Where(each => each.At[^1] == "op").Select(each => each.At[..^1]))
        {
            var condition = Find(workflow, at)!.AsObject();
            yield return Changed(workflow, "unknown operator", [.. at, "op"], condition["op"]!.GetValue<string>() + "_to", [ErrorCodes.OperatorUnknown]);
            yield return Without(workflow, "condition without a path", [.. at, "path"], [ErrorCodes.MissingProperty]);
            if (condition["value"] is not { } value)
            {
                continue;
            }

            yield return Without(workflow, "condition without a value", [.. at, "value"], [ErrorCodes.MissingProperty]);
            JsonNode wrong = value.GetValueKind() switch
            {
                JsonValueKind.Array => new JsonArray(value[0]!.GetValueKind() == JsonValueKind.String ? 1 : "1"),
                JsonValueKind.Object => new JsonObject { ["a"] = 1 },
                JsonValueKind.String => 5,
                _ => "yes",
            };
            yield return Changed(workflow, "operand of the wrong type", [.. at, "value"], wrong, [ErrorCodes.TypesDiffer, ErrorCodes.ConditionInvalid]);
            yield return Changed(workflow, "path to another type", [.. at, "path"], "$.workflow.version", MayBeNumbers(value) ? [] : [ErrorCodes.TypesDiffer]);
        }
    }

    private static IEnumerable<PlantedError> OfGraph(JsonObject workflow)
    {
        var steps = workflow["steps"]!.AsArray();
        foreach (var (index, step) in steps.Index())
        {
            var id = step!["id"]!.GetValue<string>();
            string[] at = ["steps", $"{index}"];
            if (steps.Any(other => Follows(other!, id)))
            {
                yield return Without(workflow, "removed step", at, [ErrorCodes.AfterUnknownStep]);
            }

            foreach (var (entry, way) in (step["after"]?.AsArray() ?? []).Index())
            {
                var (from, port) = (way!.GetValue<string>().Split('.')[0], way.GetValue<string>().Split('.').ElementAtOrDefault(1));
                string[] place = [.. at, "after", $"{entry}"];
                yield return Changed(workflow, "misspelt step in after", place, way.GetValue<string>().Insert(1, "q"), [ErrorCodes.AfterUnknownStep]);
                yield return Changed(workflow, "unknown port", place, $"{from}.{port}x", [ErrorCodes.AfterUnknownPort]);
                yield return Changed(workflow, "cycle", ["steps", $"{IndexOf(steps, from)}", "after"], new JsonArray(id), [ErrorCodes.Cycle]);
                yield return Changed(workflow, "after itself", place, id, [ErrorCodes.AfterItself]);
                yield return Changed(
                    workflow,
                    "both incoming edges where one is taken",
                    [.. at, "after"],
                    new JsonArray(port is null ? from : $"{from}.{port}", $"{from}.error"),
                    port == "error" ? [ErrorCodes.AfterDuplicate] : [ErrorCodes.NeverRuns]
                );
                if (step["with"]?.ToJsonString().Contains($"steps.{from}.", StringComparison.Ordinal) is true)
                {
                    yield return Without(workflow, "reads what does not come before", [.. at, "after"], [ErrorCodes.ReadsLaterStep]);
                }

                if (step["with"]?.ToJsonString().Contains($"steps.{from}.error", StringComparison.Ordinal) is true)
                {
                    yield return Changed(workflow, "reads the error of what went well", place, from, [ErrorCodes.ReadsUncertainStep]);
                }

                if (step["with"]?.ToJsonString().Contains($"steps.{from}.output", StringComparison.Ordinal) is true && port is null)
                {
                    yield return Changed(workflow, "reads the output of what failed", place, $"{from}.error", [ErrorCodes.ReadsUncertainStep]);
                }
            }

            if (step["cases"] is JsonArray { Count: > 1 })
            {
                yield return Changed(
                    workflow,
                    "case that nobody follows",
                    [.. at, "cases", "-"],
                    JsonNode.Parse("""{ "port": "spare", "when": { "path": "$.trigger.query.x", "op": "exists" } }""")!,
                    [ErrorCodes.PortUnused]
                );
                yield return Changed(
                    workflow,
                    "two cases of one port",
                    [.. at, "cases", "1", "port"],
                    step["cases"]![0]!["port"]!.GetValue<string>(),
                    [ErrorCodes.PortDuplicate]
                );
            }
        }

        yield return Without(workflow, "no source", ["trigger", "source"], [ErrorCodes.MissingProperty]);
        yield return Changed(workflow, "other schema", ["schema"], "flowpilot/v2", [ErrorCodes.SchemaUnknown]);
    }

    // What is read, or a list of numbers, may well be compared with a number.
    private static bool MayBeNumbers(JsonNode value) =>
        value is JsonObject || (value is JsonArray list && list.All(item => item!.GetValueKind() == JsonValueKind.Number));

    private static bool Follows(JsonNode step, string id) => step["after"]?.AsArray().Any(way => way!.GetValue<string>().Split('.')[0] == id) is true;

    private static int IndexOf(JsonArray steps, string id) => steps.Index().First(each => each.Item!["id"]!.GetValue<string>() == id).Index;

    private static IEnumerable<(string Text, string[] At)> Texts(JsonNode? node, string[] at)
    {
        at = at.Length == 0 ? ["steps"] : at;
        return node switch
        {
            JsonObject members => members.SelectMany(member => Texts(member.Value, [.. at, member.Key])),
            JsonArray items => items.SelectMany((item, index) => Texts(item, [.. at, $"{index}"])),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => [(value.GetValue<string>(), at)],
            _ => [],
        };
    }

    private static JsonNode? Find(JsonNode? node, string[] at) =>
        at.Aggregate(node, (from, name) => from is JsonArray items ? items[int.Parse(name, null)] : from?[name]);

    private static PlantedError Changed(JsonObject workflow, string kind, string[] at, JsonNode value, string[] codes)
    {
        var document = workflow.DeepClone().AsObject();
        var owner = Find(document, at[..^1])!;
        if (owner is JsonArray items && at[^1] == "-")
        {
            items.Add(value.DeepClone());
        }
        else if (owner is JsonArray array)
        {
            array[int.Parse(at[^1], null)] = value.DeepClone();
        }
        else
        {
            owner[at[^1]] = value.DeepClone();
        }

        return new PlantedError(kind, document, codes, $"/{string.Join('/', at)} = {value.ToJsonString()}");
    }

    private static PlantedError Without(JsonObject workflow, string kind, string[] at, string[] codes)
    {
        var document = workflow.DeepClone().AsObject();
        if (Find(document, at[..^1]) is JsonArray items)
        {
            items.RemoveAt(int.Parse(at[^1], null));
        }
        else
        {
            Find(document, at[..^1])!.AsObject().Remove(at[^1]);
        }

        return new PlantedError(kind, document, codes, $"/{string.Join('/', at)} taken out");
    }
}
