using System.Text;
using System.Text.Unicode;
using Hub.Connectors.Signatures;
using Microsoft.Net.Http.Headers;

namespace Hub.Engine.Bodies;

/// <summary>Reads <c>multipart/form-data</c>: fields as text, of files what they are called, their type and size, and short texts.</summary>
internal static class MultipartBody
{
    public const string MediaType = MultipartParts.MediaType;

    /// <summary>The text of a file is given to the workflow up to this size, in bytes.</summary>
    public const int MaxFileText = 64 << 10;

    /// <summary>The fields; null when the body is not well formed, or has too many.</summary>
    public static FormFields? Read(ReadOnlySpan<byte> body, string contentType)
    {
        var fields = new FormFields();
        return MultipartParts.TryRead(body, contentType, (form, type, content) => TryAdd(fields, form, type, content)) ? fields : null;
    }

    private static bool TryAdd(FormFields fields, ContentDispositionHeaderValue form, string? type, ReadOnlySpan<byte> content)
    {
        var file = form.FileNameStar.HasValue ? form.FileNameStar : form.FileName;
        var value = file.HasValue
            ? new FormValue(IsShortText(type, content) ? Encoding.UTF8.GetString(content) : null, new FormFile(MultipartParts.Plain(file), type, content.Length))
            : new FormValue(Encoding.UTF8.GetString(content));
        return fields.TryAdd(MultipartParts.Plain(form.Name), value);
    }

    private static bool IsShortText(string? type, ReadOnlySpan<byte> content) =>
        content.Length <= MaxFileText && type is not null && Utf8.IsValid(content)
        && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/xml", StringComparison.OrdinalIgnoreCase));
}
