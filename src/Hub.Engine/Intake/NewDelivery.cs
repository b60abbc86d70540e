using Hub.Signatures;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>Makes the row of a request that is let in, at the door or out of quarantine.</summary>
public static class NewDelivery
{
    private const int LongestEventType = 200;

    /// <param name="id">New at the door, kept from quarantine.</param>
    /// <param name="request">As it was verified: with its raw body.</param>
    /// <param name="readable">The body unpacked.</param>
    /// <param name="query">The query string as sent, with its question mark, or empty.</param>
    /// <param name="headers">A JSON object, secrets masked.</param>
    /// <param name="isStaleAccepted">Whether an operator let it in although its signature was stale.</param>
    public static Delivery Of(
        Guid id,
        ReceivingSource source,
        SignedRequest request,
        byte[] body,
        ReadOnlyMemory<byte> readable,
        string query,
        string? contentType,
        string headers,
        bool isStaleAccepted = false
    )
    {
        var read = readable.Equals(request.Body) ? request : request with { Body = readable };
        var (eventType, dedupeId) = FieldsOf(source, read);
        return new Delivery
        {
            RetentionPartition = source.RetentionPartition,
            Id = id,
            SourceId = source.Id,
            ReceivedAt = request.ReceivedAt,
            Method = request.Method,
            Query = query,
            ContentType = contentType,
            Headers = headers,
            DedupeKey = dedupeId,
            IsKnownById = source.Dedupe?.IsKnownById ?? true,
            SignedKeys = source.Dedupe?.SignedKeysOf(request, dedupeId) ?? [],
            EventType = eventType,
            Handling =
                (source.ReadsAsText ? DeliveryHandling.BodyAsText : DeliveryHandling.Usual)
                | (isStaleAccepted ? DeliveryHandling.StaleAccepted : DeliveryHandling.Usual),
            Body = body,
        };
    }

    /// <summary>What the request itself says that it is: its kind of event, and its id.</summary>
    /// <param name="request">With its body unpacked.</param>
    public static (string? EventType, string? DedupeKey) FieldsOf(ReceivingSource source, SignedRequest request) =>
        (EventTypeOf(source, request), source.Dedupe?.IdOf(request));

    private static string? EventTypeOf(ReceivingSource source, SignedRequest request) =>
        source.EventType?.Read(request) switch
        {
            null or "" => null,
            { Length: > LongestEventType } => null,
            { } type when type.Contains('\0', StringComparison.Ordinal) => null,
            { } type => type,
        };
}
