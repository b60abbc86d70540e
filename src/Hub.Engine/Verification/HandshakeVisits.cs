using Hub.Connectors.Http;

namespace Hub.Engine.Verification;

/// <summary>Calls the addresses by which handshakes are confirmed.</summary>
public sealed class HandshakeVisits(GuardedHttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Whether the provider answered that it is confirmed.</summary>
    /// <param name="address">One of the provider's hosts.</param>
    public async Task<bool> TryVisitAsync(Uri address, CancellationToken cancellationToken)
    {
        using var result = await http.SendAsync(new OutboundRequest("GET", address) { Timeout = Patience }, cancellationToken);
        return result.Response is { IsSuccess: true };
    }
}
