using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Templates.Parsing;

namespace Hub.Routing.Workflows.Reading;

/// <summary>Bounds what the templates and paths of a document take in memory once they are compiled, before any of them is.</summary>
internal static class LanguageBudget
{
    /// <summary>The least that one selector of a path is written with, such as <c>.a</c>.</summary>
    private const int SelectorLength = 2;

    private static readonly string[] Places = ["trigger", "steps", "errorPolicy"];

    /// <summary>False when there are more than <see cref="WorkflowLimits.TemplateParts"/>; that is then reported.</summary>
    public static bool IsKept(JsonElement document, ErrorList errors)
    {
        var parts = 0;
        foreach (var name in Places)
        {
            if (document.TryGetProperty(name, out var part) && !IsKept(part, JsonPlace.Root[name], errors, ref parts))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsKept(JsonElement value, JsonPlace place, ErrorList errors, ref int parts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (!IsKept(member.Value, place[JsonText.ReadName(member)], errors, ref parts))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    if (!IsKept(item, place[index], errors, ref parts))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.String:
                parts += PartsOf(value);
                if (parts <= WorkflowLimits.TemplateParts)
                {
                    return true;
                }

                errors.Error(
                    ErrorCodes.TooMany,
                    place,
                    $"The templates and paths up to here consist of more than {WorkflowLimits.TemplateParts} names, values, operators and texts.",
                    "Take data out of templates, for instance into \"vars\", or split the workflow."
                );
                return false;
            default:
                return true;
        }
    }

    private static int PartsOf(JsonElement text)
    {
        if (Operand.IsTemplate(text))
        {
            return Lexer.Count(JsonText.Read(text));
        }

        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(text);
        return raw.StartsWith("\"$"u8) ? raw.Length / SelectorLength : 0;
    }
}
