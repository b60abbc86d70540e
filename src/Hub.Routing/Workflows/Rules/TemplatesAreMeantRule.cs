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
        ["env"] = "Write the value into the document's vars, or a secret into a credential.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public void Check(WorkflowDraft draft, FaultList faults)
    {
        foreach (var (text, place) in WrittenTemplates.Of(draft).TakeWhile(_ => !faults.IsFull))
        {
            if (text.StartsWith("={{", StringComparison.Ordinal))
            {
                faults.Warning(
                    FaultCodes.ForeignSyntax,
                    place,
                    "n8n marks an expression with '=' before it; here the '=' stays in the text.",
                    "Leave the '=' out, unless it is meant."
                );
            }

            if (Template.TryParse(text, out var template, out _))
            {
                Check(template, place, faults);
            }
        }
    }

    private static void Check(Template template, JsonPlace place, FaultList faults)
    {
        foreach (var call in template.UnknownFunctions.TakeWhile(_ => !faults.IsFull))
        {
            faults.Error(
                FaultCodes.FunctionUnknown,
                place,
                $"There is no function '{NearestName.Shorten(call.Name)}' (line {call.Line}, column {call.Column}).",
                FunctionNames.Advise(call.Name)
            );
        }

        foreach (var written in template.Patterns.TakeWhile(_ => !faults.IsFull))
        {
            if (TextPattern.FaultOf(written.Pattern, written.Flags) is { } fault)
            {
                faults.Error(
                    FaultCodes.RegexInvalid,
                    place,
                    $"The regular expression in line {written.Line}, column {written.Column} is not usable: {fault}",
                    TextPattern.Remedy
                );
            }
        }

        foreach (var local in template.UnassignedLocals.TakeWhile(_ => !faults.IsFull))
        {
            if (Foreign.TryGetValue(local.Name, out var remedy))
            {
                faults.Error(
                    FaultCodes.ForeignSyntax,
                    place,
                    $"'${local.Name}' is n8n's, and always nothing here (line {local.Line}, column {local.Column}).",
                    remedy
                );
            }
        }
    }
}
