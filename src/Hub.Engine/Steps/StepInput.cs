using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Engine.Writing;
using Hub.Fields;
using Hub.Routing.Graph;
using Hub.Routing.Templates;
using Hub.Routing.Workflows;
using Hub.Routing.Writing;

namespace Hub.Engine.Steps;

/// <summary>Renders a step's <c>with</c>.</summary>
internal static class StepInput
{
    private const string BadInput = "bad_input";

    private static readonly JsonDocumentOptions ParseOptions = new() { MaxDepth = 512 };

    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>The rendered input, to be disposed; or why it cannot be rendered.</summary>
    public static bool TryRender(
        PlannedStep step,
        JsonElement runContext,
        TemplateOptions options,
        [NotNullWhen(true)] out JsonDocument? input,
        [NotNullWhen(false)] out ConnectorError? error
    )
    {
        try
        {
            var json = step.Inputs is { } inputs ? ThreadWriter.WriteJson(writer => inputs.Write(runContext, writer, options), options.MaxBytes) : Empty;
            if (JsonTokens.AreMoreThan(StepSize.ValuesIn(options.MaxBytes), json.Span))
            {
                (input, error) = (null, StepSize.TooManyValues(new InputError("", "the inputs together have"), options.MaxBytes));
                return false;
            }

            input = JsonDocument.Parse(json, ParseOptions);
            error = input.RootElement.ValueKind == JsonValueKind.Object ? null : NotAnObject(input.RootElement.ValueKind);
            if (error is null)
            {
                return true;
            }

            input.Dispose();
            input = null;
            return false;
        }
        catch (InputTemplateException exception) when (exception.IsTooLarge)
        {
            (input, error) = (
                null,
                exception.InnerException is JsonLimitException
                    ? StepSize.TooLarge(new InputError(exception.Pointer, "the inputs up to here have more than"), options.MaxBytes)
                    : ConnectorError.OfInputs(StepSize.Code, new InputError(exception.Pointer, $"{exception.Message}. Make less of it."))
            );
            return false;
        }
        catch (InputTemplateException exception)
        {
            (input, error) = (null, ConnectorError.OfInputs(BadInput, new InputError(exception.Pointer, exception.Message)));
            return false;
        }
        catch (JsonException)
        {
            (input, error) = (null, ConnectorError.OfInputs(BadInput, new InputError("", "the rendered inputs are nested too deep.")));
            return false;
        }
    }

    // Only a path in place of the whole object can give something else.
    private static ConnectorError NotAnObject(JsonValueKind kind) =>
        ConnectorError.OfInputs(
            BadInput,
            new InputError(
                "",
                kind == JsonValueKind.Null
                    ? "the path selects nothing or null; it must select an object of inputs."
                    : $"the path gives {(kind == JsonValueKind.Array ? "an array" : "a single value")}; it must select an object of inputs."
            )
        );
}
