using System.Text.Json;
using Hub.Fields;
using Hub.Routing.JsonPath;
using Hub.Routing.Templates;
using Hub.Routing.Writing;

namespace Hub.Routing.Conditions;

/// <summary>Where the right side of a comparison comes from.</summary>
internal abstract class Operand
{
    public const string PathKey = "$path";

    /// <summary>Whether a value is an object with the only key <c>$path</c>.</summary>
    public static bool IsQuery(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.GetPropertyCount() == 1
        && value.EnumerateObject().First() is var only
        && JsonText.ReadName(only) == PathKey;

    public static bool IsTemplate(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && JsonText.Read(value).Contains("{{", StringComparison.Ordinal);

    /// <summary>The path or template as written; null when the value itself is.</summary>
    public virtual string? Origin => null;

    /// <exception cref="TemplateException">A template failed.</exception>
    public abstract Comparand Resolve(JsonElement runContext, TemplateOptions options);

    internal sealed class Literal(JsonElement value) : Operand
    {
        public override Comparand Resolve(JsonElement runContext, TemplateOptions options) => new(value);
    }

    internal sealed class Query(JsonPathQuery path) : Operand
    {
        public override string Origin => path.Text;

        public override Comparand Resolve(JsonElement runContext, TemplateOptions options)
        {
            if (!path.IsSingular)
            {
                return new Comparand(path.Select(runContext));
            }

            return path.TrySelectSingle(runContext, out var value) ? new Comparand(value) : Comparand.Absent;
        }
    }

    internal sealed class Text(Template template) : Operand
    {
        public override string Origin => template.Text;

        public override Comparand Resolve(JsonElement runContext, TemplateOptions options)
        {
            var buffer = new JsonBuffer(256);
            buffer.Reset(options.MaxBytes);
            try
            {
                using var writer = new Utf8JsonWriter(buffer, PlainJson.Writing);
                Write(writer, runContext, options);
                writer.Flush();
            }
            catch (JsonLimitException e)
            {
                throw new TemplateException(1, 1, e.Message, nameof(TemplateLimits.OutputLength));
            }

            return new Comparand(JsonElement.Parse(buffer.Written));
        }

        private void Write(Utf8JsonWriter writer, JsonElement runContext, TemplateOptions options)
        {
            if (template.IsSingleExpression)
            {
                template.EvaluateTo(writer, runContext, options);
            }
            else
            {
                template.RenderTo(writer, runContext, options);
            }
        }
    }
}
