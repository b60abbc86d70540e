using System.Text;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Hub.Engine.Bodies;

/// <summary>Reads <c>multipart/form-data</c> (RFC 7578): fields as text, of files what they are called, their type and size, and short texts.</summary>
internal static class MultipartBody
{
    public const string MediaType = "multipart/form-data";

    /// <summary>The text of a file is given to the workflow up to this size, in bytes.</summary>
    public const int MaxFileText = 64 << 10;

    private const int MaxBoundary = 70;
    private const int MaxPartHeaders = 8 << 10;

    /// <summary>The fields; null when the body is not well formed, or has too many.</summary>
    public static FormFields? Read(ReadOnlySpan<byte> body, string contentType)
    {
        if (BoundaryOf(contentType) is not { } boundary)
        {
            return null;
        }

        var delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);
        var fields = new FormFields();

        // The first delimiter may stand at the very beginning, without its line break.
        var at = body.StartsWith(delimiter.AsSpan(2)) ? -2 : body.IndexOf(delimiter);
        if (at == -1)
        {
            return null;
        }

        var rest = body[(at + delimiter.Length)..];
        while (!rest.StartsWith("--"u8))
        {
            rest = rest.TrimStart(" \t"u8);
            if (!rest.StartsWith("\r\n"u8))
            {
                return null;
            }

            rest = rest[2..];
            var end = rest.IndexOf(delimiter);
            if (end < 0 || !TryAdd(fields, rest[..end]))
            {
                return null;
            }

            rest = rest[(end + delimiter.Length)..];
        }

        return fields;
    }

    private static string? BoundaryOf(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary.ToString()
            : null;

    private static bool TryAdd(FormFields fields, ReadOnlySpan<byte> part)
    {
        var blank = part[..Math.Min(part.Length, MaxPartHeaders)].IndexOf("\r\n\r\n"u8);
        if (blank < 0)
        {
            return false;
        }

        var content = part[(blank + 4)..];
        var (disposition, type) = HeadersOf(part[..blank]);
        if (!ContentDispositionHeaderValue.TryParse(disposition, out var form) || !form.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || !form.Name.HasValue)
        {
            return false;
        }

        var file = form.FileNameStar.HasValue ? form.FileNameStar : form.FileName;
        var value = file.HasValue
            ? new FormValue(IsShortText(type, content) ? Encoding.UTF8.GetString(content) : null, new FormFile(Plain(file), type, content.Length))
            : new FormValue(Encoding.UTF8.GetString(content));
        return fields.TryAdd(Plain(form.Name), value);
    }

    private static (string? Disposition, string? Type) HeadersOf(ReadOnlySpan<byte> headers)
    {
        string? disposition = null;
        string? type = null;
        foreach (var line in Encoding.UTF8.GetString(headers).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? default : line.AsSpan(0, colon);
            if (name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase))
            {
                disposition = line[(colon + 1)..].Trim();
            }
            else if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                type = line[(colon + 1)..].Trim();
            }
        }

        return (disposition, type);
    }

    private static bool IsShortText(string? type, ReadOnlySpan<byte> content) =>
        content.Length <= MaxFileText && type is not null && Utf8.IsValid(content)
        && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/xml", StringComparison.OrdinalIgnoreCase));

    private static string Plain(Microsoft.Extensions.Primitives.StringSegment quoted) => HeaderUtilities.UnescapeAsQuotedString(quoted).ToString();
}
