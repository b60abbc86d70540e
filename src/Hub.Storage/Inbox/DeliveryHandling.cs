namespace Hub.Storage.Inbox;

/// <summary>What is special about how a delivery is handled; its values are in the table.</summary>
[Flags]
public enum DeliveryHandling : short
{
    Usual = 0,

    /// <summary>Workflows are given its body as text, whatever it is.</summary>
    BodyAsText = 1,

    /// <summary>An operator let it in although the time of its signature lay outside the tolerance.</summary>
    StaleAccepted = 2,
}
