namespace Hub.Storage.Deliveries;

/// <summary>What became of requests at the door.</summary>
[Flags]
public enum DeliveryVerdicts
{
    None = 0,
    Accepted = 1,
    Duplicate = 2,
    BadSignature = 4,
    Stale = 8,
    Missing = 16,
    Quarantined = BadSignature | Stale | Missing,
    All = Accepted | Duplicate | Quarantined,
}
