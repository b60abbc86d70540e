using Microsoft.AspNetCore.Diagnostics;

namespace Hub.Api.Errors;

/// <summary>
/// Marks endpoints that take deliveries. A sender whose delivery was not kept, for whatever reason, must send it again: it is told 503, never 500.
/// </summary>
internal sealed class SenderDoor
{
    public static SenderDoor Marker { get; } = new();

    /// <summary>Whether the request that failed was for such an endpoint.</summary>
    public static bool LedTo(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<SenderDoor>() is not null;
}
