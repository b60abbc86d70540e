using Hub.Engine.Responses;
using Hub.Signatures.Handshakes;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>How a request ended: refused, answered as the handshake that it is, or taken as a delivery.</summary>
public readonly record struct IntakeOutcome
{
    /// <summary>Null unless it was refused.</summary>
    public IntakeRefusal? Refusal { get; private init; }

    /// <summary>Null unless it was a handshake.</summary>
    public HandshakeAnswer? Handshake { get; private init; }

    /// <summary>Of what is neither: committed, or a repetition of one that was.</summary>
    public TakenDelivery Delivery { get; private init; }

    public static implicit operator IntakeOutcome(IntakeRefusal refusal) => new() { Refusal = refusal };

    public static implicit operator IntakeOutcome(HandshakeAnswer answer) => new() { Handshake = answer };

    public static implicit operator IntakeOutcome(TakenDelivery delivery) => new() { Delivery = delivery };
}

/// <summary>A delivery that is to be answered.</summary>
/// <param name="Id">Its id, when it was kept.</param>
/// <param name="Acknowledgement">What its provider insists on; null when any success will do, and where the Source says otherwise.</param>
/// <param name="Wait">The executions to wait for, to be disposed of; null when nobody waits.</param>
public readonly record struct TakenDelivery(
    ReceivingSource Source,
    Guid Id,
    InboxReceipt Receipt,
    HandshakeAnswer? Acknowledgement = null,
    DeliveryWait? Wait = null
);
