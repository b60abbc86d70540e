using System.Text.Json;

namespace Hub.Engine.Bodies;

/// <summary>A field's text, or what is told of a file.</summary>
/// <param name="Text">The field's text; of a file its contents when they are a short text, else null.</param>
/// <param name="File">Null for a plain field.</param>
internal readonly record struct FormValue(string? Text, FormFile? File = null)
{
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (File is not { } file)
        {
            writer.WriteStringValue(WellFormedText.Of(Text ?? ""));
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("filename", WellFormedText.Of(file.Name));
        writer.WriteString("contentType", file.ContentType is null ? null : WellFormedText.Of(file.ContentType));
        writer.WriteNumber("size", file.Size);
        if (Text is not null)
        {
            writer.WriteString("text", Text);
        }

        writer.WriteEndObject();
    }
}

/// <param name="ContentType">As the part says; null when it does not.</param>
/// <param name="Size">In bytes.</param>
internal readonly record struct FormFile(string Name, string? ContentType, int Size);
