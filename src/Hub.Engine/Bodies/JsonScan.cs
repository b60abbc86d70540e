using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Hub.Engine.Bodies;

/// <summary>
/// One pass over a body: whether it is JSON, and whether an object in it names a member twice. Holds a hash of each name of the open objects.
/// </summary>
internal ref struct JsonScan
{
    private int[] _names = ArrayPool<int>.Shared.Rent(256);
    private int _count;
    private bool _hasRepeatedNames;

    public JsonScan() { }

    /// <summary>What a body is. It says in rare cases that a name is repeated when it is not, as hashes can be equal by chance.</summary>
    public static JsonForm Of(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return JsonForm.None;
        }

        var scan = new JsonScan();
        try
        {
            scan.Read(body);
            return scan._hasRepeatedNames ? JsonForm.WithRepeatedNames : JsonForm.Plain;
        }
        catch (JsonException)
        {
            return JsonForm.None;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(scan._names);
        }
    }

    /// <param name="name">Unescaped.</param>
    public static int HashOf(ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        return hash.ToHashCode();
    }

    private void Read(ReadOnlySpan<byte> body)
    {
        Span<int> begins = stackalloc int[TriggerBody.MaxDepth];
        var open = 0;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = TriggerBody.MaxDepth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    begins[open++] = _count;
                    break;
                case JsonTokenType.PropertyName:
                    Add(reader.ValueIsEscaped ? HashOfEscaped(ref reader) : HashOf(reader.ValueSpan));
                    break;
                case JsonTokenType.EndObject:
                    Close(begins[--open]);
                    break;
            }
        }
    }

    private void Add(int name)
    {
        if (_count == _names.Length)
        {
            var more = ArrayPool<int>.Shared.Rent(2 * _count);
            _names.CopyTo(more, 0);
            ArrayPool<int>.Shared.Return(_names);
            _names = more;
        }

        _names[_count++] = name;
    }

    private void Close(int begin)
    {
        var names = _names.AsSpan(begin, _count - begin);
        _count = begin;
        names.Sort();
        for (var i = 1; i < names.Length; i++)
        {
            _hasRepeatedNames |= names[i] == names[i - 1];
        }
    }

    private static int HashOfEscaped(ref Utf8JsonReader reader)
    {
        var name = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return HashOf(name.AsSpan(0, reader.CopyString(name)));
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: the same only as what is written the same.
            return HashOf(reader.ValueSpan);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(name);
        }
    }
}

/// <summary>What a body is as JSON.</summary>
internal enum JsonForm
{
    /// <summary>No JSON, or nested too deeply.</summary>
    None,

    Plain,

    /// <summary>An object in it may name a member twice.</summary>
    WithRepeatedNames,
}
