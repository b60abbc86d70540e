using System.Text.Json;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;
using Hub.Routing.Writing;

namespace Hub.Routing.Templates.Running;

/// <summary>The output of one rendering: the template's own text, and values escaped for their place.</summary>
internal sealed class RenderOutput(RenderState state)
{
    private const int EscapedPiece = 16 << 10;

    private TextBuffer _output;
    private int _captures;
    private bool _afterIndentedLine;
    private JsonFollowing _json;
    private bool _wroteDots;

    /// <summary>White space put before each further line of a value; null for none.</summary>
    public string? Indent { get; set; }

    /// <summary>The most characters that whoever takes the output has room for.</summary>
    public int Room { get; set; } = int.MaxValue;

    public ReadOnlySpan<char> Text => _output.Text;

    /// <summary>Whether values are written as they are: the place is text, or the text is captured for later.</summary>
    private bool IsPlain => state.Options.Place == TemplatePlace.Text || _captures > 0;

    public void Start(int capacity) => _output = new TextBuffer(capacity);

    public void Release() => _output.Release();

    public string Finish()
    {
        CheckDotSegments();
        return _output.Finish();
    }

    /// <summary>Sets the output aside, to collect what follows until <see cref="EndCapture"/>.</summary>
    public TextBuffer StartCapture()
    {
        var outer = _output;
        _output = new TextBuffer(256);
        _captures++;
        return outer;
    }

    public string EndCapture(TextBuffer outer)
    {
        state.ChargeText(_output.Length);
        var text = _output.Finish();
        AbandonCapture(outer);
        return text;
    }

    public void AbandonCapture(TextBuffer outer)
    {
        _output.Release();
        _output = outer;
        _captures--;
    }

    /// <summary>Writes the template's own text.</summary>
    public void WriteText(ReadOnlySpan<char> text)
    {
        if (state.Options.Place == TemplatePlace.Json && _captures == 0)
        {
            _json.Follow(text);
        }

        Append(text);
    }

    /// <summary>Writes an interpolated value, escaped for the place.</summary>
    public void WriteValue(object? value, Escaping escaping)
    {
        if (!IsPlain && (escaping != Escaping.None || state.Options.Place == TemplatePlace.Header))
        {
            WriteEscaped(value, escaping);
            return;
        }

        if (value is null)
        {
            return;
        }

        if (state.Options.Place == TemplatePlace.Json && _captures == 0)
        {
            WriteText(Formatting.ToText(state, value));
            return;
        }

        switch (value)
        {
            case string text:
                Append(text);
                break;
            case long integer:
                Reserve(20);
                _output.Append(integer);
                break;
            default:
                Append(Formatting.ToText(state, value));
                break;
        }
    }

    /// <summary>Writes a JSON text or number without making a string of it; false when it cannot be.</summary>
    public bool TryWriteJson(JsonElement element)
    {
        if (!IsPlain || Indent is not null)
        {
            return false;
        }

        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Reserve(raw.Length);
                JsonReading.DecodeTo(raw[1..^1], ref _output);
                return true;
            case JsonValueKind.Number when raw.Length <= 18 && raw.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0:
                Reserve(raw.Length);
                _output.AppendUtf8(raw);
                return true;
            default:
                return false;
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        if (Indent is null)
        {
            _afterIndentedLine = false;
            _output.Append(text);
            return;
        }

        while (!text.IsEmpty)
        {
            if (_afterIndentedLine)
            {
                Reserve(Indent.Length);
                _output.Append(Indent);
                _afterIndentedLine = false;
            }

            var end = text.IndexOf('\n');
            if (end < 0)
            {
                _output.Append(text);
                return;
            }

            _output.Append(text[..(end + 1)]);
            text = text[(end + 1)..];
            _afterIndentedLine = true;
        }
    }

    private void Reserve(int more)
    {
        if (_output.Length + (long)more > state.Limits.OutputLength)
        {
            throw state.Reached(nameof(state.Limits.OutputLength), state.Limits.OutputLength);
        }

        if (_captures == 0 && _output.Length + (long)more > Room)
        {
            throw new JsonLimitException(state.Options.MaxBytes);
        }
    }

    private void WriteEscaped(object? value, Escaping escaping)
    {
        switch (state.Options.Place)
        {
            case TemplatePlace.Json when escaping == Escaping.AlreadyJson && !_json.IsInString:
                Append(Formatting.ToText(state, value));
                break;
            case TemplatePlace.Json:
                if (_json.IsInString)
                {
                    AppendEscaped(Formatting.ToText(state, value), JsonWriting.Escape);
                }
                else
                {
                    Append(JsonWriting.ToJson(state, value, relaxed: true));
                }

                break;
            case TemplatePlace.UrlPath or TemplatePlace.UrlQuery:
                var text = Formatting.ToText(state, value);
                _wroteDots |= state.Options.Place == TemplatePlace.UrlPath && text.Length > 0 && text.AsSpan().IndexOfAnyExcept('.') < 0;
                AppendEscaped(text, Uri.EscapeDataString);
                break;
            case TemplatePlace.Mrkdwn:
                var shown = Formatting.ToText(state, value);
                AppendEscaped(_output.Length > 0 && _output.Text[^1] == '<' ? Mrkdwn.AsAddress(shown) : shown, Mrkdwn.Escape);
                break;
            default:
                var header = Formatting.ToText(state, value);
                Append(header.AsSpan().IndexOfAny('\r', '\n', '\0') < 0 ? header : throw state.Error("A header's value cannot contain CR, LF or NUL"));
                break;
        }
    }

    /// <summary>Piece by piece, as a text can become many times longer.</summary>
    private void AppendEscaped(string text, Func<string, string> escape)
    {
        if (text.Length <= EscapedPiece)
        {
            Append(escape(text));
            return;
        }

        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            var length = Math.Min(rest.Length, EscapedPiece);
            length -= length < rest.Length && char.IsHighSurrogate(rest[length - 1]) ? 1 : 0;
            Append(escape(rest[..length].ToString()));
            rest = rest[length..];
        }
    }

    private void CheckDotSegments()
    {
        if (!_wroteDots)
        {
            return;
        }

        foreach (var segment in _output.Text.ToString().Split('/', '?', '#'))
        {
            if (segment is "." or "..")
            {
                throw state.Error("A value makes a dot segment of the URL's path");
            }
        }
    }
}
