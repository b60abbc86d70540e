using System.Globalization;
using System.Text;

namespace Hub.Signatures;

/// <summary>The values of one field in the elements of an array, of which the key of the whole batch is made. Not thread-safe.</summary>
public sealed class BatchValues
{
    /// <summary>A batch with more elements is known by its whole body.</summary>
    public const int MaxValues = 10_000;

    private readonly List<Entry> _entries = [];
    private bool _isBatch;

    /// <summary>How far the reading has come, so that what comes after can be taken back.</summary>
    public Mark Here { get; private set; }

    /// <summary>An array begins of which every element is meant.</summary>
    public void Enter()
    {
        _isBatch = true;
        Keep(new Entry(EntryKind.Begin));
    }

    /// <summary>The array that was entered last ends.</summary>
    public void Leave() => Keep(new Entry(EntryKind.End));

    /// <param name="value">Null for an element that has none: it counts too, as a batch with one more element is another.</param>
    public void Add(string? value)
    {
        if (Here.Values < MaxValues)
        {
            Keep(new Entry(EntryKind.Value, value));
        }

        Here = Here with { Values = Here.Values + 1 };
    }

    /// <summary>Takes back all that came since that place.</summary>
    public void ForgetFrom(Mark place)
    {
        _entries.RemoveRange(place.Entries, _entries.Count - place.Entries);
        Here = place;
    }

    /// <summary>
    /// One value as it is, several by a hash of them and of how they are nested. Where some element of a batch has none, or it has too many, it is the whole
    /// body's hash: such elements may differ in all else. Null for what is no batch and has no value.
    /// </summary>
    public string? KeyOf(ReadOnlySpan<byte> body)
    {
        var values = _entries.FindAll(static entry => entry.Kind == EntryKind.Value);
        if (Here.Values > MaxValues || values.Exists(static entry => string.IsNullOrWhiteSpace(entry.Text)))
        {
            return _isBatch ? ComputedKey.OfBody(body) : null;
        }

        return values.Count == 1 ? ComputedKey.OfText(values[0].Text) : ComputedKey.OfBatch(Encoding.UTF8.GetBytes(string.Concat(_entries)));
    }

    private void Keep(Entry entry)
    {
        _entries.Add(entry);
        Here = Here with { Entries = _entries.Count };
    }

    /// <param name="Entries">What is kept.</param>
    /// <param name="Values">The values that came, also those that were too many to be kept.</param>
    public readonly record struct Mark(int Entries, int Values);

    private enum EntryKind
    {
        Begin,
        Value,
        End,
    }

    private readonly record struct Entry(EntryKind Kind, string? Text = null)
    {
        /// <summary>So that no two lists of values have one text.</summary>
        public override string ToString() =>
            Kind switch
            {
                EntryKind.Begin => "[",
                EntryKind.End => "]",
                _ => string.Create(CultureInfo.InvariantCulture, $"{Text?.Length}:{Text};"),
            };
    }
}
