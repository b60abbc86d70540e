using Hub.Operations.Deliveries;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Api.Deliveries;

/// <summary>What the list and the export of deliveries may be asked for in the address.</summary>
internal readonly record struct DeliveryParameters(
    [property: FromQuery(Name = "source")] string? Source,
    [property: FromQuery(Name = "from")] DateTimeOffset? From,
    [property: FromQuery(Name = "to")] DateTimeOffset? To,
    [property: FromQuery(Name = "verdict")] string? Verdict,
    [property: FromQuery(Name = "eventType")] string? EventType,
    [property: FromQuery(Name = "key")] string? Key,
    [property: FromQuery(Name = "text")] string? Text,
    [property: FromQuery(Name = "outcome")] string? Outcome,
    [property: FromQuery(Name = "cursor")] Guid? Cursor
)
{
    public DeliveryFilter Filter => new(Source, From, To, EventType, Key, Text, Cursor, Outcome);
}
