using System.Text.Json;
using Hub.Routing.Templates;
using Hub.Routing.Workflows.Inputs;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Writing;

namespace Hub.Routing.Workflows;

/// <summary>A step's inputs, compiled once: constants are copied, templates rendered, <c>$path</c> objects queried. Immutable.</summary>
public sealed class InputTemplate
{
    private readonly InputNode _root;

    private InputTemplate(InputNode root) => _root = root;

    /// <summary>Whether every rendering gives the same.</summary>
    public bool IsConstant => _root.IsConstant;

    /// <param name="with">The inputs as written.</param>
    /// <param name="type">Tells where each input goes, so that values in it are escaped for that; without it all are plain text.</param>
    /// <exception cref="InputTemplateException">A template or a path is not valid.</exception>
    public static InputTemplate Compile(JsonElement with, StepTypeDescription? type = null)
    {
        var errors = new ErrorList();
        var root = new InputCompiler(errors).Compile(with, JsonPlace.Root, type);
        return errors.ToArray().FirstOrDefault(each => each.Severity == ErrorSeverity.Error) is { } error
            ? throw new InputTemplateException(error.Pointer, error.Message)
            : new InputTemplate(root);
    }

    /// <summary>Writes the inputs for one run context. After an exception the writer holds a torn value.</summary>
    /// <exception cref="InputTemplateException">A template or path failed, or there is more than <see cref="TemplateOptions.MaxBytes"/>.</exception>
    public void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        try
        {
            options ??= TemplateOptions.Default;
            _root.Write(runContext, writer, options);
            writer.ThrowIfOver(options.MaxBytes);
        }
        catch (JsonLimitException e)
        {
            throw new InputTemplateException(string.Empty, e.Message, e);
        }
    }
}
