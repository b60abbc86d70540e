using Hub.Signatures;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>Makes the row of a request that is let in, at the door or out of quarantine.</summary>
public static class NewDelivery
{
    private const int LongestEventType = 200;

    /// <param name="id">New at the door, kept from quarantine.</param>
    /// <param name="readable">The body unpacked.</param>
    /// <param name="isStaleAccepted">Whether an operator let it in although its signature was stale.</param>
    public static Delivery Of(Guid id, IncomingRequest request, ReadOnlyMemory<byte> readable, bool isStaleAccepted)
    {
        var (source, signed, shown) = (request.Source, request.Signed, request.Shown);
        var read = readable.Equals(signed.Body) ? signed : signed with { Body = readable };
        var (eventType, dedupeId) = FieldsOf(source, read);
        return new Delivery
        {
            RetentionPartition = source.RetentionPartition,
            Id = id,
            SourceId = source.Id,
            ReceivedAt = signed.ReceivedAt,
            Method = signed.Method,
            Query = shown.Query,
            ContentType = shown.ContentType,
            Headers = shown.Headers,
            DedupeKey = dedupeId,
            IsKnownById = source.Dedupe?.IsKnownById ?? true,
            SignedKeys = source.Dedupe?.SignedKeysOf(signed, dedupeId) ?? [],
            EventType = eventType,
            Handling =
                (source.ReadsAsText ? DeliveryHandling.BodyAsText : DeliveryHandling.Usual)
                | (isStaleAccepted ? DeliveryHandling.StaleAccepted : DeliveryHandling.Usual),
            Body = request.Body,
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
