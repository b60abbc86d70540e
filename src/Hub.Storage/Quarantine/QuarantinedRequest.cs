namespace Hub.Storage.Quarantine;

/// <summary>A request that was refused for its signature, kept as it arrived so that it can be let in after the cause is mended.</summary>
public sealed class QuarantinedRequest
{
    /// <summary>Under this name the whole URL lies among <see cref="ProtectedHeaders"/> when a part of it is masked. No header can have it.</summary>
    public const string UrlField = ":url";

    /// <summary>Becomes the delivery's id when it is released.</summary>
    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public required string Method { get; init; }

    /// <summary>The public URL as it was checked; some providers sign it. A hash stands for its token, and secrets in its query are masked.</summary>
    public required string Url { get; init; }

    /// <summary>The query string as sent, with its question mark, or empty; secrets are masked.</summary>
    public required string Query { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The headers by lower-case name, a JSON object of strings; values that prove who someone is are masked.</summary>
    public required string Headers { get; init; }

    /// <summary>The headers that are masked above, and the URL if it is, encrypted; null when nothing is masked.</summary>
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
