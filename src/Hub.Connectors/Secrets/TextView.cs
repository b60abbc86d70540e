using System.Buffers;
using System.Text;

namespace Hub.Connectors.Secrets;

/// <summary>
/// A text without its escapes or separators. Where it is asked for, each character knows where it stood, which takes four times the memory. Holds rented
/// memory: dispose it.
/// </summary>
internal sealed class TextView : IDisposable
{
    private const int MostUtf8Bytes = 4;

    private readonly char[] _chars;
    private readonly TextStretch[]? _places;
    private readonly TextView? _of;
    private int _length;

    private TextView(int most, TextView? of, bool keepsPlaces)
    {
        _chars = ArrayPool<char>.Shared.Rent(most);
        _places = keepsPlaces ? ArrayPool<TextStretch>.Shared.Rent(most) : null;
        _of = of;
    }

    public ReadOnlySpan<char> Text => _chars.AsSpan(0, _length);

    /// <summary>The text with its escapes undone once.</summary>
    /// <param name="of">The view whose text it is; null for the text that was given.</param>
    /// <param name="keepsPlaces">Whether <see cref="Origin"/> will be asked for.</param>
    public static TextView Decoded(ReadOnlySpan<char> text, TextView? of, bool keepsPlaces)
    {
        var view = new TextView(text.Length, of, keepsPlaces);
        for (var at = 0; at < text.Length; )
        {
            var plain = text[at..].IndexOfAny(Escapes.Marks) is var mark and >= 0 ? mark : text.Length - at;
            view.Copy(text, at, plain);
            at += plain;
            if (at < text.Length)
            {
                at += view.AddEscape(text, at);
            }
        }

        return view;
    }

    /// <summary>The text with its lines joined, and without the blanks that they begin with.</summary>
    public static TextView OfJoinedLines(ReadOnlySpan<char> text, TextView? of, bool keepsPlaces)
    {
        var view = new TextView(text.Length, of, keepsPlaces);
        for (var at = 0; at < text.Length; )
        {
            var line = text[at..].IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length - at;
            view.Copy(text, at, line);
            at += line;
            at += text[at..].IndexOfAnyExcept(" \t\r\n") is var blanks and >= 0 ? blanks : text.Length - at;
        }

        return view;
    }

    /// <summary>The text without what stands between the bytes of hex.</summary>
    public static TextView OfJoinedHex(ReadOnlySpan<char> text, TextView? of, bool keepsPlaces)
    {
        var view = new TextView(text.Length, of, keepsPlaces);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '0' && at + 1 < text.Length && text[at + 1] is 'x' or 'X')
            {
                at++;
            }
            else if (!(char.IsWhiteSpace(text[at]) || text[at] is ':' or '-' or ','))
            {
                view.Copy(text, at, 1);
            }
        }

        return view;
    }

    /// <summary>Where characters of this view stood in the text that was given.</summary>
    public TextStretch Origin(TextStretch stretch)
    {
        var origin = new TextStretch(_places![stretch.Start].Start, _places[stretch.End - 1].End);
        return _of is null ? origin : _of.Origin(origin);
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_chars, clearArray: true);
        if (_places is not null)
        {
            ArrayPool<TextStretch>.Shared.Return(_places);
        }
    }

    private void Copy(ReadOnlySpan<char> text, int at, int length)
    {
        text.Slice(at, length).CopyTo(_chars.AsSpan(_length));
        for (var i = 0; _places is not null && i < length; i++)
        {
            _places[_length + i] = new TextStretch(at + i, at + i + 1);
        }

        _length += length;
    }

    /// <returns>How many characters of the text were taken.</returns>
    private int AddEscape(ReadOnlySpan<char> text, int at)
    {
        var escape = Escapes.ReadAt(text[at..]);
        if (escape.Length == 0)
        {
            Copy(text, at, 1);
            return 1;
        }

        return escape.IsByte ? AddBytes(text, at) : Add(escape.Value, at, escape.Length);
    }

    private int AddBytes(ReadOnlySpan<char> text, int at)
    {
        Span<byte> bytes = stackalloc byte[MostUtf8Bytes];
        Span<int> lengths = stackalloc int[MostUtf8Bytes];
        var (count, length) = (0, 0);
        while (
            count < MostUtf8Bytes
            && at + length < text.Length
            && Escapes.Marks.Contains(text[at + length])
            && Escapes.ReadAt(text[(at + length)..]) is { IsByte: true } escape
        )
        {
            bytes[count] = (byte)escape.Value;
            length += escape.Length;
            lengths[count++] = length;
        }

        return Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) == OperationStatus.Done
            ? Add(rune.Value, at, lengths[used - 1])
            : Add(bytes[0], at, lengths[0]);
    }

    private int Add(int value, int at, int length)
    {
        Span<char> units = stackalloc char[2];
        units[0] = (char)value;
        var count = Rune.TryCreate(value, out var rune) ? rune.EncodeToUtf16(units) : 1;
        for (var i = 0; i < count; i++)
        {
            if (_places is not null)
            {
                _places[_length] = new TextStretch(at, at + length);
            }

            _chars[_length++] = units[i];
        }

        return length;
    }
}

/// <summary>Some characters of a text.</summary>
/// <param name="End">The place after the last of them.</param>
internal readonly record struct TextStretch(int Start, int End);
