using System.Text;
using System.Text.Unicode;
using Hub.Fields.Charsets;
using Microsoft.Net.Http.Headers;

namespace Hub.Signatures;

/// <summary>Divides <c>multipart/form-data</c> (RFC 7578) into its parts.</summary>
public static class MultipartParts
{
    public const string MediaType = "multipart/form-data";

    private const int MaxBoundary = 70;
    private const int MaxPartHeaders = 8 << 10;

    /// <summary>Takes one part; false ends the reading.</summary>
    /// <param name="form">Its Content-Disposition, which has a name.</param>
    /// <param name="contentType">Null when it has none.</param>
    public delegate bool PartTaker(ContentDispositionHeaderValue form, string? contentType, ReadOnlySpan<byte> content);

    /// <summary>False when the body is not well formed, or a part was not taken.</summary>
    /// <param name="otherwise">What names are read in that are not UTF-8; null for none.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, string contentType, Charset? otherwise, PartTaker take)
    {
        if (BoundaryOf(contentType) is not { } boundary)
        {
            return false;
        }

        var delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);

        // The first delimiter may stand at the very beginning, without its line break.
        var at = body.StartsWith(delimiter.AsSpan(2)) ? -2 : body.IndexOf(delimiter);
        if (at == -1)
        {
            return false;
        }

        var rest = body[(at + delimiter.Length)..];
        while (!rest.StartsWith("--"u8))
        {
            rest = rest.TrimStart(" \t"u8);
            if (!rest.StartsWith("\r\n"u8))
            {
                return false;
            }

            rest = rest[2..];
            var end = rest.IndexOf(delimiter);
            if (end < 0 || !TryTake(rest[..end], otherwise, take))
            {
                return false;
            }

            rest = rest[(end + delimiter.Length)..];
        }

        return true;
    }

    /// <summary>A name or file name without its quotes.</summary>
    public static string Plain(Microsoft.Extensions.Primitives.StringSegment quoted) => HeaderUtilities.UnescapeAsQuotedString(quoted).ToString();

    private static string? BoundaryOf(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary.ToString()
            : null;

    private static bool TryTake(ReadOnlySpan<byte> part, Charset? otherwise, PartTaker take)
    {
        var blank = part[..Math.Min(part.Length, MaxPartHeaders)].IndexOf("\r\n\r\n"u8);
        if (blank < 0)
        {
            return false;
        }

        var (disposition, type) = HeadersOf(part[..blank], otherwise);
        return ContentDispositionHeaderValue.TryParse(disposition, out var form)
            && form.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            && form.Name.HasValue
            && take(form, type, part[(blank + 4)..]);
    }

    private static (string? Disposition, string? Type) HeadersOf(ReadOnlySpan<byte> headers, Charset? otherwise)
    {
        var charset = otherwise is { IsBytewise: true } && !Utf8.IsValid(headers) ? otherwise : Charset.Utf8;
        string? disposition = null;
        string? type = null;
        foreach (var line in TextDecoder.Decode(charset, headers).Text.Split("\r\n"))
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
}
