using System.Security.Cryptography;
using Hub.Fields;

namespace Hub.Signatures;

/// <summary>What a body must be before its signature counts.</summary>
internal sealed class SignedBody(SignatureProfile profile, SignedContent content)
{
    private readonly bool _isForm = profile.Signed.Any(static part => part.Part == SignedPartKind.SortedForm);

    /// <summary>Why the body cannot be one of this scheme, or null.</summary>
    public string? ErrorOf(SignedRequest request) =>
        profile.Bodies == BodyShape.JsonObject && !BeginsObject(request.Body.Span)
            ? "The body does not begin as a JSON object, and this scheme's deliveries are nothing else."
        : profile.Bodies == BodyShape.Json && !request.Body.IsEmpty && !BodyPointer.IsJson(request.Body.Span)
            ? "The body is not JSON, and this scheme's deliveries are nothing else."
        : content.BodyHashOf(request) is { } claimed ? HashError(request, claimed)
        : _isForm ? SortedForm.ErrorOf(request)
        : null;

    private string? HashError(SignedRequest request, string claimed)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(request.Body.Span, hash);
        return Convert.ToHexString(hash).Equals(claimed, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"The body is not the one whose hash the URL names in {profile.BodyHashQuery}.";
    }

    /// <summary>Judged by the bytes that are signed: what a compressed body unpacks to does not count.</summary>
    private static bool BeginsObject(ReadOnlySpan<byte> body)
    {
        var text = ByteOrderMark.Off(body);
        return text.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }
}
