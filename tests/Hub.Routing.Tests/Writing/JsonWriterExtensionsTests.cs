using System.Text;
using System.Text.Json;
using Hub.Routing.Writing;

namespace Hub.Routing.Tests.Writing;

public sealed class JsonWriterExtensionsTests
{
    public static TheoryData<string> Texts() =>
        [
            "",
            "short",
            new string('x', 4096),
            new string('x', 4097),
            new string('x', 4095) + "\U0001F600" + new string('y', 5000),
            new string('\u00e9', 10_000),
            string.Concat(Enumerable.Repeat("\"\\\n\u0001", 5000)),
            string.Concat(Enumerable.Repeat("\U0001F600", 9000)),
        ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void WriteText_OfAnyLength_IsTheText(string text)
    {
        Assert.Equal(text, Written(writer => writer.WriteText(text)).GetString());
        Assert.Equal(text, Written(writer => writer.WriteText(Encoding.UTF8.GetBytes(text))).GetString());
    }

    [Fact]
    public void WriteText_OfHalfSurrogates_IsReplacedAsInOnePiece()
    {
        var text = new string('x', 4095) + "\ud83d" + new string('x', 5000) + "\ude00";
        Assert.Equal(Written(writer => writer.WriteStringValue(text)).GetString(), Written(writer => writer.WriteText(text)).GetString());
    }

    [Fact]
    public void WriteText_OfManyEscapes_AsksForNoMoreThanItWrites()
    {
        var buffer = new JsonBuffer();
        buffer.Reset(10_000_000);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteText(new string('"', 1_000_000));
        writer.Flush();

        Assert.Equal(6_000_002, buffer.Written.Length);
        Assert.InRange(buffer.Capacity, 6_000_002, 10_600_000);
    }

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new JsonBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return JsonElement.Parse(buffer.Written);
    }
}
