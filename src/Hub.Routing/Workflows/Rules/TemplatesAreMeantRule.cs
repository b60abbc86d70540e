using System.Collections.Frozen;
using Hub.Routing.Conditions;
using Hub.Routing.Patterns;
using Hub.Routing.Templates;
using Hub.Routing.Templates.Functions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Templates call functions that there are, and are written in this language and not in n8n's.</summary>
internal sealed class TemplatesAreMeantRule : IWorkflowRule
{
    /// <summary>What stands here for n8n's variables.</summary>
    private static readonly FrozenDictionary<string, string> Foreign = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [""] = "Write steps.<id>.output.title for what a step gave, or trigger.body.title for what arrived.",
        ["json"] = "Write trigger.body.title for what arrived, or steps.<id>.output.title for what a step gave.",
        ["node"] = "Write steps.<id>.output for what a step gave, or trigger.body for what arrived.",
        ["input"] = "Write steps.<id>.output of the step before, or trigger.body for what arrived.",
        ["items"] = "Write steps.<id>.output of the step before, or trigger.body for what arrived.",
        ["item"] = "Write steps.<id>.output of the step before, or trigger.body for what arrived.",
        ["now"] = "Write date.now.",
        ["today"] = "Write date.now, and format it with date.to_string.",
        ["workflow"] = "Write workflow.",
        ["execution"] = "Write execution.",
        ["vars"] = "Write vars, the object of that name in the document.",
        ["binary"] = "Write trigger.body for what arrived; files are not taken apart.",
        ["prevNode"] = "Write the id of the step before, as in steps.<id>.output.",
        ["jmespath"] = "Write path '$.trigger.body.items[*].sku', a JSONPath.",
        ["if"] = "Write condition ? yes : no.",
        ["ifEmpty"] = "Write value ?? other, or object.default value other.",
        ["min"] = "Write array.sort and array.first.",
        ["max"] = "Write array.sort and array.last.",
        ["itemIndex"] = "Write for.index within a for loop.",
        ["runIndex"] = "Write execution.",
        ["parameter"] = "Write the value itself, or put it into the document's vars.",
        ["secrets"] = "Put the secret into a credential, and name that in the step.",
        ["response"] = "Write steps.<id>.output of the request's step.",
        ["request"] = "Write trigger.body, trigger.headers or trigger.query for what arrived.",
        ["env"] = "Write the value into the document's vars, or a secret into a credential.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var (text, place) in WrittenTemplates.Of(draft).TakeWhile(_ => !errors.IsFull))
        {
            if (text.StartsWith("={{", StringComparison.Ordinal))
            {
                errors.Warning(
                    ErrorCodes.ForeignSyntax,
                    place,
                    "n8n marks an expression with '=' before it; here the '=' stays in the text.",
                    "Leave the '=' out, unless it is meant."
                );
            }

            if (Template.TryParse(text, out var template, out _))
            {
                Check(template, place, draft, errors);
            }
        }
    }

    private static void Check(Template template, JsonPlace place, WorkflowDraft draft, ErrorList errors)
    {
        foreach (var call in template.UnknownFunctions.TakeWhile(_ => !errors.IsFull))
        {
            // Where the name before it is none either, that is said, and is enough.
            var root = call.Name.AsSpan().IndexOfAny('.', '[') is > 0 and var end ? call.Name[..end] : "'";
            if (root[0] != '\'' && !Builtins.All.ContainsKey(root) && !draft.Context.MemberNames.Contains(root))
            {
                continue;
            }

            errors.Error(
                ErrorCodes.FunctionUnknown,
                place,
                $"There is no function '{NearestName.Shorten(call.Name)}' (line {call.Line}, column {call.Column}).",
                FunctionNames.Advise(call.Name)
            );
        }

        foreach (var text in template.InvalidTexts.TakeWhile(_ => !errors.IsFull))
        {
            errors.Error(
                ErrorCodes.TemplateInvalid,
                place,
                $"The text in line {text.Line}, column {text.Column} is run as a template, and is none: {text.Name}",
                "Correct the text that object.eval is given."
            );
        }

        foreach (var written in template.Patterns.TakeWhile(_ => !errors.IsFull))
        {
            if (TextPattern.ErrorOf(written.Pattern, written.Flags) is { } error)
            {
                errors.Error(
                    ErrorCodes.RegexInvalid,
                    place,
                    $"The regular expression in line {written.Line}, column {written.Column} is not usable: {error}",
                    TextPattern.Remedy
                );
            }
        }

        foreach (var local in template.UnassignedLocals.TakeWhile(_ => !errors.IsFull))
        {
            if (Foreign.TryGetValue(local.Name, out var remedy))
            {
                errors.Error(
                    ErrorCodes.ForeignSyntax,
                    place,
                    local.Name.Length == 0
                        ? $"'$(...)' is n8n's, and fails here (line {local.Line}, column {local.Column})."
                        : $"'${local.Name}' is n8n's, and always nothing here (line {local.Line}, column {local.Column}).",
                    remedy
                );
            }
        }
    }
}
