using System.Globalization;
using System.Text;

namespace Hub.Signatures;

/// <summary>The values of one field in the elements of an array, of which the key of the whole batch is made.</summary>
public sealed class BatchValues
{
    /// <summary>A batch with more elements is known by its whole body.</summary>
    public const int MaxValues = 10_000;

    private readonly List<string?> _values = [];
    private bool _areTooMany;

    public int Count => _values.Count;

    /// <param name="value">Null for an element that has none: it counts too, as a batch with one more element is another.</param>
    public void Add(string? value)
    {
        if (_values.Count < MaxValues)
        {
            _values.Add(value);
        }
        else
        {
            _areTooMany = true;
        }
    }

    /// <summary>Takes back all values from that place on.</summary>
    public void ForgetFrom(int count) => _values.RemoveRange(count, _values.Count - count);

    /// <summary>
    /// One value as it is, several by their hash. Where some element has none it is the whole body's hash: such elements may differ in all else. Null when no
    /// element has one.
    /// </summary>
    public string? KeyOf(ReadOnlySpan<byte> body)
    {
        if (_areTooMany)
        {
            return DedupeRule.HashOf(body);
        }

        if (_values.TrueForAll(string.IsNullOrEmpty))
        {
            return null;
        }

        if (_values.Count == 1)
        {
            return _values[0];
        }

        if (_values.Exists(string.IsNullOrEmpty))
        {
            return DedupeRule.HashOf(body);
        }

        var text = string.Concat(_values.Select(static value => string.Create(CultureInfo.InvariantCulture, $"{value!.Length}:{value};")));
        return DedupeRule.HashOf(Encoding.UTF8.GetBytes(text));
    }
}
