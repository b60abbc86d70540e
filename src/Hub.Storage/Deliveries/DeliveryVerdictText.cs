namespace Hub.Storage.Deliveries;

/// <summary>The words for what became of a request at the door, in tables, filters and answers.</summary>
public static class DeliveryVerdictText
{
    public const string Accepted = "accepted";
    public const string Duplicate = "duplicate";

    /// <summary>Any of those below.</summary>
    public const string Quarantined = "quarantined";

    public const string BadSignature = "bad_signature";
    public const string Stale = "stale";
    public const string Missing = "missing";
}
