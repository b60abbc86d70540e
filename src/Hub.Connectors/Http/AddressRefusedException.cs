using System.Net;

namespace Hub.Connectors.Http;

/// <summary>Carries a refusal out of the connect callback, where only exceptions pass; never leaves this folder.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught in this folder only.
internal sealed class AddressRefusedException(IPAddress address, string what, bool mayBeAllowed) : Exception($"{address} is {what}.")
#pragma warning restore CA1032, CA1064
{
    public IPAddress Address { get; } = address;

    public string What { get; } = what;

    /// <summary>Whether the operator could allow it.</summary>
    public bool MayBeAllowed { get; } = mayBeAllowed;
}
