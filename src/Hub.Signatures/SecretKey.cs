using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Signatures;

/// <summary>A secret's key bytes in a pooled buffer that is wiped on return.</summary>
internal readonly ref struct SecretKey
{
    private readonly byte[]? _buffer;
    private readonly int _length;

    private SecretKey(byte[]? buffer, int length, string? error)
    {
        _buffer = buffer;
        _length = length;
        Error = error;
    }

    /// <summary>Why there is no key, or null.</summary>
    public string? Error { get; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public static SecretKey Read(string secret, SecretForm form)
    {
        var text = secret.AsSpan();
        if (form.Prefix.Length > 0 && text.StartsWith(form.Prefix, StringComparison.Ordinal))
        {
            text = text[form.Prefix.Length..];
        }

        if (text.IsEmpty)
        {
            return new(null, 0, "The secret is empty.");
        }

        if (!text.Contains(form.Contains, StringComparison.Ordinal))
        {
            return new(null, 0, $"The secret does not contain '{form.Contains}'.");
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var read = form.Format switch
        {
            ByteEncoding.Utf8 => Encoding.UTF8.GetBytes(text, rented),
            ByteEncoding.Hex => ReadHex(text, rented),
            _ => ReadBase64(text, rented),
        };
        if (read > 0)
        {
            return new(rented, read, null);
        }

        Return(rented);
        return new(null, 0, $"The secret is not {form.Format.ToString().ToLowerInvariant()}{(form.Prefix.Length > 0 ? " after " + form.Prefix : "")}.");
    }

    public void Dispose()
    {
        if (_buffer is not null)
        {
            Return(_buffer);
        }
    }

    private static int ReadHex(ReadOnlySpan<char> text, Span<byte> into) =>
        Convert.FromHexString(text, into, out _, out var written) == OperationStatus.Done ? written : 0;

    private static int ReadBase64(ReadOnlySpan<char> text, Span<byte> into)
    {
        // Secrets are pasted by people, often without the padding.
        var padding = (4 - (text.TrimEnd('=').Length % 4)) % 4;
        Span<char> padded = text.Length <= 512 ? stackalloc char[text.Length + 4] : new char[text.Length + 4];
        var bare = text.TrimEnd('=');
        bare.CopyTo(padded);
        padded.Slice(bare.Length, padding).Fill('=');
        return Convert.TryFromBase64Chars(padded[..(bare.Length + padding)], into, out var written) ? written : 0;
    }

    private static void Return(byte[] buffer)
    {
        CryptographicOperations.ZeroMemory(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
