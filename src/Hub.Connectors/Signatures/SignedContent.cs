using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hub.Connectors.Signatures;

/// <summary>Feeds what a profile says is signed into a hash, part by part and without joining them.</summary>
internal sealed class SignedContent(SignatureProfile profile)
{
    private readonly byte[] _separator = Encoding.UTF8.GetBytes(profile.Separator);
    private readonly RequestField? _bodyHash = profile.BodyHashQuery is { } name && RequestField.TryParse("query:" + name, out var field) ? field : null;

    /// <summary>Whether the content is nothing but the raw body.</summary>
    public bool IsBody { get; } = profile.Signed is [{ Part: SignedPartKind.Body }];

    public void AppendTo(IncrementalHash hash, SignedRequest request, SignedValues values)
    {
        for (var i = 0; i < profile.Signed.Count; i++)
        {
            if (i > 0)
            {
                hash.AppendData(_separator);
            }

            Append(hash, profile.Signed[i], request, values);
        }
    }

    /// <summary>The body's hash that the URL claims, for providers that sign it there; null when it has none.</summary>
    public string? BodyHashOf(SignedRequest request) => _bodyHash?.Read(request);

    private void Append(IncrementalHash hash, SignedPart part, SignedRequest request, SignedValues values)
    {
        switch (part.Part)
        {
            case SignedPartKind.Body:
                hash.AppendData(request.Body.Span);
                break;
            case SignedPartKind.Literal:
                AppendText(hash, part.Text);
                break;
            case SignedPartKind.Header:
                AppendText(hash, request.Headers[part.Text].ToString());
                break;
            case SignedPartKind.Timestamp:
                AppendText(hash, values.Time);
                break;
            case SignedPartKind.Id:
                AppendText(hash, values.Id);
                break;
            case SignedPartKind.Url:
                AppendText(hash, request.Url);
                break;
            case SignedPartKind.DecodedUrl:
                AppendText(hash, DecodedUrl.Of(request.Url));
                break;
            case SignedPartKind.Method:
                AppendText(hash, request.Method);
                break;
            case SignedPartKind.SortedForm when BodyHashOf(request) is null:
                foreach (var text in SortedForm.Read(request.Body.Span))
                {
                    AppendText(hash, text);
                }

                break;
            case SignedPartKind.BodyField:
                AppendText(hash, BodyPointer.Read(values.Item, part.Text));
                break;
        }
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        var bytes = rented ?? stackalloc byte[512];
        hash.AppendData(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

/// <summary>What was read from a request before its signature is checked.</summary>
/// <param name="Signature">The header's or field's text, with one signature or several.</param>
/// <param name="Time">As sent; empty when the scheme has none.</param>
/// <param name="Id">As sent; empty when the scheme has none.</param>
/// <param name="Item">The part of the body whose fields are signed; undefined for schemes that sign no fields.</param>
internal readonly record struct SignedValues(string Signature, string Time, string Id, JsonElement Item);
