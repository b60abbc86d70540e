using Hub.Fields.Charsets;
using Hub.Signatures;
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
        var otherwise = TextDecoder.NamedIn(contentType);
        var fields = Read(body, contentType, otherwise);
        return fields?.TextOf(FormCharset.Field) is { } label && TextDecoder.Find(label) is { } named && named != (otherwise ?? Charset.Utf8)
            ? Read(body, contentType, named)
            : fields;
    }

    /// <param name="otherwise">What parts are read in that name no charset; UTF-8 when null.</param>
    private static FormFields? Read(ReadOnlySpan<byte> body, string contentType, Charset? otherwise)
    {
        var fields = new FormFields();
        return MultipartParts.TryRead(body, contentType, otherwise, (form, type, content) => TryAdd(fields, form, type, content, otherwise)) ? fields : null;
    }

    private static bool TryAdd(FormFields fields, ContentDispositionHeaderValue form, string? type, ReadOnlySpan<byte> content, Charset? otherwise)
    {
        var name = MultipartParts.Plain(form.Name);
        var file = form.FileNameStar.HasValue ? form.FileNameStar : form.FileName;
        return file.HasValue
            ? fields.TryAdd(name, new FormValue(ShortTextOf(type, content, otherwise), new FormFile(MultipartParts.Plain(file), type, content.Length)))
            : fields.TryAdd(name, TextDecoder.Decode(content, type, otherwise));
    }

    /// <summary>Null when it is long, no text, or not all of it can be read.</summary>
    private static string? ShortTextOf(string? type, ReadOnlySpan<byte> content, Charset? otherwise)
    {
        var isShortText =
            content.Length <= MaxFileText
            && type is not null
            && (
                type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
                || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
                || type.StartsWith("application/xml", StringComparison.OrdinalIgnoreCase)
            );
        return isShortText && TextDecoder.Decode(content, type, otherwise) is { IsLossy: false } text ? text.Text : null;
    }
}
