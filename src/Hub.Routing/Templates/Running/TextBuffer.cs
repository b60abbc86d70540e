using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hub.Routing.Templates.Running;

/// <summary>A growing text in a pooled array.</summary>
internal struct TextBuffer(int capacity)
{
    private char[]? _chars = ArrayPool<char>.Shared.Rent(Math.Max(capacity, 16));

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Text => _chars.AsSpan(0, Length);

    public void Append(char c)
    {
        Reserve(1);
        _chars![Length++] = c;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_chars.AsSpan(Length));
        Length += text.Length;
    }

    public void AppendUtf8(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        Length += Encoding.UTF8.GetChars(utf8, _chars.AsSpan(Length));
    }

    public void Append(long value)
    {
        Reserve(20);
        value.TryFormat(_chars.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>The text; gives the array back.</summary>
    public string Finish()
    {
        var text = new string(_chars!, 0, Length);
        Release();
        return text;
    }

    public void Release()
    {
        if (_chars is { } chars)
        {
            _chars = null;
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private void Reserve(int more)
    {
        if (_chars!.Length - Length >= more)
        {
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_chars.Length * 2, Length + more));
        _chars.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_chars);
        _chars = larger;
    }
}
