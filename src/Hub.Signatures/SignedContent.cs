using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Fields.Headers;

namespace Hub.Signatures;

/// <summary>Puts together what a profile says is signed: part by part into a hash, or as one message.</summary>
internal sealed class SignedContent(SignatureProfile profile)
{
    private readonly byte[] _separator = Encoding.UTF8.GetBytes(profile.Separator);
    private readonly RequestField? _bodyHash = profile.BodyHashQuery is { } name && RequestField.TryParse("query:" + name, out var field) ? field : null;

    /// <summary>Whether the content is nothing but the raw body.</summary>
    public bool IsBody { get; } = profile.Signed is [{ Part: SignedPartKind.Body }];

    /// <param name="secret">For schemes whose content holds it; empty to tell one content from another.</param>
    public void AppendTo(IncrementalHash hash, SignedRequest request, SignedValues values, ReadOnlySpan<byte> secret = default) =>
        AppendTo(new HashSink(hash), request, values, secret);

    /// <summary>The whole message, for algorithms that read it more than once.</summary>
    public ReadOnlyMemory<byte> Message(SignedRequest request, SignedValues values)
    {
        if (IsBody)
        {
            return request.Body;
        }

        var message = new ArrayBufferWriter<byte>(request.Body.Length + 256);
        AppendTo(new MessageSink(message), request, values, default);
        return message.WrittenMemory;
    }

    /// <summary>Whether a signed header may have come in ISO 8859-1, so that its bytes are others than those of UTF-8.</summary>
    public bool MayHoldLatin1(SignedRequest request, SignedValues values)
    {
        if (HeaderText.MayBeLatin1(values.Time) || HeaderText.MayBeLatin1(values.Id))
        {
            return true;
        }

        foreach (var part in profile.Signed)
        {
            if (part.Part == SignedPartKind.Header && HeaderText.MayBeLatin1(request.Headers[part.Text].ToString()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The body's hash that the URL claims, for providers that sign it there; null when it has none.</summary>
    public string? BodyHashOf(SignedRequest request) => _bodyHash?.Read(request);

    /// <summary>Whether a signed line holds a line break, so that the same content could be read with other fields.</summary>
    public bool HasBrokenLine(JsonElement item) =>
        profile
            .Signed.Where(static part => part.Part == SignedPartKind.BodyLine)
            .Skip(1)
            .Any(part => BodyPointer.Read(item, part.Text).AsSpan().ContainsAny('\n', '\r'));

    private void AppendTo<TSink>(TSink sink, SignedRequest request, SignedValues values, ReadOnlySpan<byte> secret)
        where TSink : struct, ISink
    {
        for (var i = 0; i < profile.Signed.Count; i++)
        {
            if (i > 0)
            {
                sink.Append(_separator);
            }

            Append(sink, profile.Signed[i], request, values, secret);
        }
    }

    private void Append<TSink>(TSink sink, SignedPart part, SignedRequest request, SignedValues values, ReadOnlySpan<byte> secret)
        where TSink : struct, ISink
    {
        switch (part.Part)
        {
            case SignedPartKind.Body:
                sink.Append(request.Body.Span);
                break;
            case SignedPartKind.BodyCrc32:
                AppendText(sink, Crc32.Of(request.Body.Span).ToString(CultureInfo.InvariantCulture));
                break;
            case SignedPartKind.Secret:
                sink.Append(secret);
                break;
            case SignedPartKind.Literal:
                AppendText(sink, part.Text);
                break;
            case SignedPartKind.Header:
                AppendText(sink, request.Headers[part.Text].ToString(), values.HeaderEncoding);
                break;
            case SignedPartKind.Timestamp:
                AppendText(sink, values.Time, values.HeaderEncoding);
                break;
            case SignedPartKind.Id:
                AppendText(sink, values.Id, values.HeaderEncoding);
                break;
            case SignedPartKind.Url:
                AppendText(sink, request.Url);
                break;
            case SignedPartKind.DecodedUrl:
                AppendText(sink, DecodedUrl.Of(request.Url));
                break;
            case SignedPartKind.Method:
                AppendText(sink, request.Method);
                break;
            case SignedPartKind.SortedForm when BodyHashOf(request) is null:
                foreach (var text in SortedForm.Read(request.Body.Span))
                {
                    AppendText(sink, text);
                }

                break;
            case SignedPartKind.BodyField:
                AppendText(sink, BodyPointer.Read(values.Item, part.Text));
                break;
            case SignedPartKind.BodyLine when BodyPointer.TryFind(values.Item, part.Text, out var field) && field.ValueKind == JsonValueKind.String:
                AppendText(sink, $"{part.Text[(part.Text.LastIndexOf('/') + 1)..]}\n{field.GetString()}\n");
                break;
        }
    }

    private static void AppendText<TSink>(TSink sink, string text)
        where TSink : struct, ISink => AppendText(sink, text, Encoding.UTF8);

    private static void AppendText<TSink>(TSink sink, string text, Encoding encoding)
        where TSink : struct, ISink
    {
        var size = encoding.GetMaxByteCount(text.Length);
        var rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        var bytes = rented ?? stackalloc byte[512];
        sink.Append(bytes[..encoding.GetBytes(text, bytes)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private interface ISink
    {
        void Append(ReadOnlySpan<byte> bytes);
    }

    private readonly struct HashSink(IncrementalHash hash) : ISink
    {
        public void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);
    }

    private readonly struct MessageSink(ArrayBufferWriter<byte> message) : ISink
    {
        public void Append(ReadOnlySpan<byte> bytes) => message.Write(bytes);
    }
}

/// <summary>What was read from a request before its signature is checked.</summary>
/// <param name="Signature">The header's or field's text, with one signature or several.</param>
/// <param name="Time">As sent; empty when the scheme has none.</param>
/// <param name="Id">As sent; empty when the scheme has none.</param>
/// <param name="Item">The part of the body whose fields are signed; undefined for schemes that sign no fields.</param>
internal readonly record struct SignedValues(string Signature, string Time, string Id, JsonElement Item)
{
    private readonly Encoding? _headerEncoding;

    /// <summary>What the bytes of signed headers were, which their text does not tell; UTF-8 unless set.</summary>
    public Encoding HeaderEncoding
    {
        get => _headerEncoding ?? Encoding.UTF8;
        init => _headerEncoding = value;
    }
}
