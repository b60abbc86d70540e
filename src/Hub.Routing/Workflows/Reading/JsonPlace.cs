using System.Globalization;
using System.Text;
using Hub.Fields;

namespace Hub.Routing.Workflows.Reading;

/// <summary>A place in a document, spelt out only when an error names it.</summary>
internal sealed class JsonPlace
{
    private const int LongestName = 200;

    private readonly JsonPlace? _parent;
    private readonly string _name;
    private readonly bool _isIndex;

    private JsonPlace(JsonPlace? parent, string name, bool isIndex)
    {
        _parent = parent;
        _name = name;
        _isIndex = isIndex;
    }

    public static JsonPlace Root { get; } = new(null, string.Empty, isIndex: false);

    public JsonPlace this[string name] => new(this, name[..Characters.WholeUnits(name, LongestName)], isIndex: false);

    public JsonPlace this[int index] => new(this, index.ToString(CultureInfo.InvariantCulture), isIndex: true);

    /// <summary>Appends a JSON Pointer whose digits are indexes.</summary>
    public JsonPlace Append(string pointer)
    {
        var place = this;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = PointerText.Unescape(part);
            place = new JsonPlace(place, name, name.Length > 0 && name.All(char.IsAsciiDigit));
        }

        return place;
    }

    public string Pointer()
    {
        var text = new StringBuilder();
        foreach (var place in FromRoot())
        {
            text.Append('/').Append(PointerText.Escape(place._name));
        }

        return text.ToString();
    }

    /// <summary>The form people read: <c>steps[2].with.text</c>.</summary>
    public string Path()
    {
        var text = new StringBuilder();
        foreach (var place in FromRoot())
        {
            if (place._isIndex)
            {
                text.Append('[').Append(place._name).Append(']');
            }
            else if (IsPlain(place._name))
            {
                text.Append(text.Length > 0 ? "." : string.Empty).Append(place._name);
            }
            else
            {
                text.Append("[\"").Append(place._name).Append("\"]");
            }
        }

        return text.Length == 0 ? "document" : text.ToString();
    }

    /// <summary>The step the place lies in; -1 outside of steps.</summary>
    public int StepIndex() =>
        FromRoot().Take(2).ToArray() is [{ _name: "steps" }, { _isIndex: true } step] ? int.Parse(step._name, CultureInfo.InvariantCulture) : -1;

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '-');

    private Stack<JsonPlace> FromRoot()
    {
        var places = new Stack<JsonPlace>();
        for (var place = this; place._parent is not null; place = place._parent)
        {
            places.Push(place);
        }

        return places;
    }
}
