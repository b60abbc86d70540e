using System.Globalization;
using System.Numerics;
using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Values;

/// <summary>How values look as text.</summary>
internal static class Formatting
{
    /// <summary>The text of a value; null is empty.</summary>
    public static string ToText(RenderState state, object? value)
    {
        switch (value)
        {
            case null or EmptyValue:
                return "";
            case string text:
                return text;
            case ListValue or ObjectValue:
                var buffer = new TextBuffer(128);
                try
                {
                    Append(state, ref buffer, value, 1);
                    state.ChargeText(buffer.Length);
                    return buffer.Text.ToString();
                }
                finally
                {
                    buffer.Release();
                }

            default:
                return Scalar(state, value);
        }
    }

    /// <summary>The text of a value that a function takes: null stays null.</summary>
    public static string? ToTextOrNull(RenderState state, object? value) => value is null or EmptyValue ? null : ToText(state, value);

    /// <summary>Text with control characters, quotes and backslashes escaped.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && text.AsSpan().IndexOfAny('"', '\\') < 0)
        {
            return text;
        }

        var buffer = new TextBuffer(text.Length + 16);
        AppendEscaped(ref buffer, text);
        return buffer.Finish();
    }

    /// <summary>The name of a value's kind, as <c>object.kind</c> tells it.</summary>
    public static string KindOf(object? value) =>
        WrittenNumber.Plain(value) switch
        {
            null => "null",
            bool => "bool",
            long integer => integer is >= int.MinValue and <= int.MaxValue ? "int" : "long",
            double => "double",
            float => "float",
            decimal => "decimal",
            BigInteger => "bigint",
            string => "string",
            ListValue list => list.IsIterator ? "range" : "array",
            Function => "function",
            DateValue => "datetime",
            TimeSpan => "timespan",
            _ => "object",
        };

    private static string Scalar(RenderState state, object value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            DateValue date => DateFormatting.Format(state, date, state.DateFormat, CultureInfo.InvariantCulture),
            Function function => function.SourceIn(state.Text) ?? "<function>",
            WrittenNumber number => number.Text,
            BigInteger big => state.Charged(big.ToString(CultureInfo.InvariantCulture)),
            double number when !double.IsFinite(number) => throw state.Error(Numbers.NotFinite),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    private static void Append(RenderState state, ref TextBuffer buffer, object? value, int depth)
    {
        if (buffer.Length > state.Limits.StringLength)
        {
            throw state.Reached(nameof(TemplateLimits.StringLength), state.Limits.StringLength);
        }

        switch (value)
        {
            case null or EmptyValue:
                buffer.Append("null");
                break;
            case string text:
                buffer.Append('"');
                AppendEscaped(ref buffer, text);
                buffer.Append('"');
                break;
            case ListValue list:
                CheckDepth(state, depth);
                buffer.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    if (i > 0)
                    {
                        buffer.Append(", ");
                    }

                    Append(state, ref buffer, list[i], depth + 1);
                }

                buffer.Append(']');
                break;
            case ObjectValue members:
                CheckDepth(state, depth);
                AppendObject(state, ref buffer, members, depth);
                break;
            default:
                buffer.Append(Scalar(state, value));
                break;
        }
    }

    private static void AppendObject(RenderState state, ref TextBuffer buffer, ObjectValue value, int depth)
    {
        buffer.Append('{');
        var first = true;
        foreach (var (name, member) in value.Members)
        {
            if (!first)
            {
                buffer.Append(", ");
            }

            first = false;
            if (IsSimpleName(name))
            {
                buffer.Append(name);
            }
            else
            {
                buffer.Append('"');
                AppendEscaped(ref buffer, name);
                buffer.Append('"');
            }

            buffer.Append(": ");
            Append(state, ref buffer, member, depth + 1);
        }

        buffer.Append('}');
    }

    public static void CheckDepth(RenderState state, int depth)
    {
        state.CheckTime();
        if (depth > state.Limits.ObjectDepth)
        {
            throw state.Reached(nameof(TemplateLimits.ObjectDepth), state.Limits.ObjectDepth);
        }

        state.EnsureStack();
    }

    private static bool IsSimpleName(string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_'))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static void AppendEscaped(ref TextBuffer buffer, string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    buffer.Append('\\');
                    buffer.Append(c);
                    break;
                case >= ' ':
                    buffer.Append(c);
                    break;
                case '\a' or '\b' or '\t' or '\n' or '\v' or '\f' or '\r':
                    buffer.Append('\\');
                    buffer.Append("abtnvfr"[c - '\a']);
                    break;
                default:
                    buffer.Append("\\x");
                    buffer.Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
                    break;
            }
        }
    }
}
