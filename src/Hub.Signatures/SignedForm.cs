using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Hub.Fields.Charsets;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Signatures;

/// <summary>A form some of whose fields are signed, as the JSON object that the profile's pointers are written for.</summary>
internal static class SignedForm
{
    /// <summary>
    /// An object of the fields that the profile reads, and no others. Null when the body is no form that everybody reads as one, or one of these fields comes
    /// twice or is a file, or a part may be in another charset: it could be signed in one reading and used in the other.
    /// </summary>
    public static byte[]? ToJson(SignatureProfile profile, SignedRequest request)
    {
        if (
            profile.Items is not null
            || profile.Signed.Any(static part => part.Part == SignedPartKind.BodyLine)
            || request.Body.Span.TrimStart("\uFEFF \t\r\n"u8) is [] or [(byte)'{' or (byte)'[', ..]
        )
        {
            return null;
        }

        var pointers = PointersOf(profile)
            .Distinct(StringComparer.Ordinal)
            .Select(pointer => (Pointer: pointer, Name: NameOf(profile, pointer)))
            .Where(static one => one.Name is not null)
            .ToDictionary(static one => one.Name!, static one => one.Pointer, StringComparer.Ordinal);
        return pointers.Count > 0 && Read(request, pointers.ContainsKey) is { } values ? Write(pointers, values) : null;
    }

    private static IEnumerable<string> PointersOf(SignatureProfile profile) =>
        [
            .. profile.Signature.BodyField is { } field ? [field] : Array.Empty<string>(),
            .. profile.Timestamp?.BodyPointer is { } time ? [time] : Array.Empty<string>(),
            .. profile.Signed.Where(static part => part.Part == SignedPartKind.BodyField).Select(static part => part.Text),
        ];

    private static string? NameOf(SignatureProfile profile, string pointer) =>
        profile.FormFields.TryGetValue(pointer, out var name) ? name
        : BodyPointer.Segments(pointer).ToList() is [var only] ? only
        : null;

    private static Dictionary<string, string>? Read(SignedRequest request, Func<string, bool> isRead)
    {
        var body = request.Body.Span;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (SortedForm.ErrorOf(request) is null)
        {
            foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body)))
            {
                var name = pair.DecodeName().ToString();
                if (isRead(name) && !values.TryAdd(name, pair.DecodeValue().ToString()))
                {
                    return null;
                }
            }

            return values;
        }

        var type = request.Headers.ContentType.ToString();
        var count = 0;
        return type.StartsWith(MultipartParts.MediaType, StringComparison.OrdinalIgnoreCase) && IsUtf8(type) && MultipartParts.TryRead(body, type, null, Take)
            ? values
            : null;

        bool Take(Microsoft.Net.Http.Headers.ContentDispositionHeaderValue form, string? contentType, ReadOnlySpan<byte> content)
        {
            var name = MultipartParts.Plain(form.Name);
            return ++count <= FormLimits.MaxFields
                && name.Length <= FormLimits.MaxNameLength
                && name != FormCharset.Field
                && IsUtf8(contentType)
                && (
                    !isRead(name)
                    || (
                        !form.FileName.HasValue && !form.FileNameStar.HasValue && Utf8.IsValid(content) && values.TryAdd(name, Encoding.UTF8.GetString(content))
                    )
                );
        }
    }

    private static bool IsUtf8(string? contentType) => (TextDecoder.NamedIn(contentType) ?? Charset.Utf8) == Charset.Utf8;

    private static byte[] Write(Dictionary<string, string> pointers, Dictionary<string, string> values)
    {
        var root = new JsonObject();
        foreach (var (name, value) in values)
        {
            var node = root;
            var segments = BodyPointer.Segments(pointers[name]).ToList();
            foreach (var segment in segments[..^1])
            {
                if (node[segment] is not JsonObject inner)
                {
                    node[segment] = inner = [];
                }

                node = inner;
            }

            node[segments[^1]] = value;
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
