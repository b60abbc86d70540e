using System.Text.Json;
using Hub.Routing.Writing;

namespace Hub.Routing.Tests.Writing;

public sealed class JsonBufferTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void Written_UpToTheLimit_IsKept(int limit)
    {
        var buffer = new JsonBuffer();
        buffer.Reset(limit);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteText(new string('x', limit - 2));
        writer.Flush();

        Assert.Equal(limit, buffer.Written.Length);
        Assert.Equal(limit, buffer.Detach().Length);
    }

    [Fact]
    public void Written_BeyondTheLimit_Throws()
    {
        var buffer = new JsonBuffer();
        buffer.Reset(1000);
        var writer = new Utf8JsonWriter(buffer);
        writer.WriteStringValue(new string('x', 1000));

        Assert.Equal(1000, Assert.Throws<JsonLimitException>(writer.Flush).Limit);
    }

    [Fact]
    public void Detach_OfALargeBuffer_LeavesWhatWasGivenAwayAlone()
    {
        var buffer = new JsonBuffer();
        var first = Fill(buffer, 'x');
        var second = Fill(buffer, 'y');

        Assert.Equal((byte)'x', first.Span[1]);
        Assert.Equal((byte)'y', second.Span[1]);
        Assert.Equal(first.Length, second.Length);
    }

    private static ReadOnlyMemory<byte> Fill(JsonBuffer buffer, char c)
    {
        buffer.Reset();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStringValue(new string(c, 2_000_000));
        writer.Flush();
        return buffer.Detach();
    }
}
