using System.Buffers;
using Hub.Engine.Intake;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Api.Bodies;

/// <summary>Reads raw bodies up to a limit, within what bodies may hold of the memory, and no slower than <see cref="LimitOptions"/> allow.</summary>
internal sealed class BodyReader(IntakeMemory memory, SlowBodies slow)
{
    /// <summary>The server counts the frames of a chunked body too: at most five bytes around each byte, and some for the end.</summary>
    private const int ChunkFrame = 5;
    private const int ChunkEnd = 1024;

    /// <param name="source">For whom it is read; <see cref="Guid.Empty"/> for the API.</param>
    /// <param name="limit">In bytes. No more than that is ever held.</param>
    public async ValueTask<ReceivedBody> ReadAsync(HttpContext context, Guid source, int limit)
    {
        var request = context.Request;
        limit = Math.Min(limit, memory.LargestBody);
        if (request.ContentLength > limit)
        {
            return Refuse(context, BodyError.TooLarge, limit);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = request.ContentLength is null ? ((limit + 1L) * (1 + ChunkFrame)) + ChunkEnd : limit;
        }

        // Until the first bytes are there nothing is held, and the server's own clock runs.
        var read = await request.BodyReader.ReadAsync(context.RequestAborted);
        var room = memory.Of(source);
        if (!read.IsCompleted)
        {
            return await ReadOnAsync(context, read.Buffer, room, limit);
        }

        var length = read.Buffer.Length;
        var body =
            length > limit ? new ReceivedBody(BodyError.TooLarge, limit)
            : room.TryTake(length, held: 0) ? new ReceivedBody(read.Buffer.ToArray(), room)
            : new ReceivedBody(BodyError.NoRoom, limit);
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return body;
    }

    /// <summary>The rest of a body that did not come at once.</summary>
    private async ValueTask<ReceivedBody> ReadOnAsync(HttpContext context, ReadOnlySequence<byte> first, SourceMemory room, int limit)
    {
        var reader = context.Request.BodyReader;
        using var parts = new BodyParts(room);
        using var pace = slow.Watch(reader);
        for (var (arrived, isLast) = (first, false); ; )
        {
            BodyError? error =
                parts.Length + arrived.Length > limit ? BodyError.TooLarge
                : parts.TryAdd(arrived) ? null
                : BodyError.NoRoom;

            // Left unread, it would make the server cut the connection before the sender has seen the answer.
            reader.AdvanceTo(arrived.End);
            if (error is { } refused)
            {
                return Refuse(context, refused, limit);
            }

            if (isLast)
            {
                return parts.ToBody();
            }

            pace.Note(parts.Length);
            var read = await reader.ReadAsync(CancellationToken.None);
            if (read.IsCanceled && pace.IsCut)
            {
                reader.AdvanceTo(read.Buffer.End);
                return Refuse(context, BodyError.TooSlow, limit);
            }

            (arrived, isLast) = (read.Buffer, read.IsCompleted);
        }
    }

    /// <summary>The sender is told to stop rather than to send a rest that nobody wants.</summary>
    private static ReceivedBody Refuse(HttpContext context, BodyError error, int limit)
    {
        context.Response.Headers.Connection = "close";
        return new ReceivedBody(error, limit);
    }
}
