using System.Net;
using Microsoft.AspNetCore.Http;

namespace Hub.Engine.Intake;

/// <summary>What is known of a request to a Source before its body is read.</summary>
/// <param name="Sender">Who sent it; null when that cannot be told, or the Source takes requests from everybody.</param>
/// <param name="IsUrlCertain">Whether the hub knows under which address it is called without believing the request.</param>
public readonly record struct ArrivingRequest(
    ReceivingSource Source,
    string Method,
    IHeaderDictionary Headers,
    IPAddress? Sender,
    bool IsUrlCertain,
    DateTimeOffset ReceivedAt
);
