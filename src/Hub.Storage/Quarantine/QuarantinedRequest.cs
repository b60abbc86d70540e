namespace Hub.Storage.Quarantine;

/// <summary>A request that was refused for its signature, kept as it arrived so that it can be let in after the cause is mended.</summary>
public sealed class QuarantinedRequest
{
    /// <summary>Becomes the delivery's id when it is released.</summary>
    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public required string Method { get; init; }

    /// <summary>The public URL as it was checked; some providers sign it.</summary>
    public required string Url { get; init; }

    /// <summary>The query string as sent, with its question mark, or empty.</summary>
    public required string Query { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The headers by lower-case name, a JSON object of strings; values that prove who someone is are masked.</summary>
    public required string Headers { get; init; }

    /// <summary>The headers that are masked above, encrypted; null when none is.</summary>
    public byte[]? ProtectedHeaders { get; init; }

    /// <summary>bad_signature, stale or missing.</summary>
    public required string Verdict { get; init; }

    /// <summary>What was found at receipt, a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The causes found, a JSON array; null while nobody has looked.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>Bytes it takes: body and headers.</summary>
    public int Size { get; init; }

    public required byte[] Body { get; init; }
}
