using System.Buffers;
using Hub.Api.Bodies;
using Hub.Engine.Intake;
using Microsoft.Extensions.Options;

namespace Hub.Api.Tests.Bodies;

public sealed class BodyPartsTests
{
    private readonly IntakeMemory _memory = new(Options.Create(new IntakeOptions { MaxBodyBytesInWork = 512 << 10, SourcePercent = 50 }));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4096, 4096)]
    [InlineData(100_000, 7)]
    [InlineData(190_000, 65_536)]
    public void Body_InPieces_ComesOutWholeAndHoldsItsSize(int size, int piece)
    {
        var body = new byte[size];
        new Random(size).NextBytes(body);
        var room = _memory.Of(Guid.Empty);
        using var parts = new BodyParts(room);
        foreach (var chunk in body.Chunk(piece))
        {
            Assert.True(parts.TryAdd(new ReadOnlySequence<byte>(chunk)));
            Assert.InRange(room.Taken, parts.Length, parts.Length + (64 << 10));
        }

        var whole = parts.ToBody();
        parts.Dispose();
        Assert.Equal(body, whole.Bytes);
        Assert.Equal(size, _memory.Taken);
        whole.Dispose();
        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public void Body_WithoutRoom_IsNotTakenAndHoldsNothingAfterwards()
    {
        using (var parts = new BodyParts(_memory.Of(Guid.Empty)))
        {
            Assert.True(parts.TryAdd(new ReadOnlySequence<byte>(new byte[100 << 10])));
            Assert.False(parts.TryAdd(new ReadOnlySequence<byte>(new byte[300 << 10])));
        }

        Assert.Equal(0, _memory.Taken);
    }
}
