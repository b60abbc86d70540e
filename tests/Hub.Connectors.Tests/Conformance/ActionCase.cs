using System.Text.Json;
using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.Conformance;

/// <summary>What the conformance suite needs to know of one action.</summary>
/// <param name="Type">The step type.</param>
/// <param name="Credential">A credential, its secret values recognisable.</param>
/// <param name="Settings">The hub's settings that lead the connector to the stand-in.</param>
/// <param name="Input">A complete input.</param>
/// <param name="Succeed">How the vendor answers a good call.</param>
/// <param name="Check">What must hold of the request that the vendor got.</param>
/// <param name="ThrottledCode">The error's code when the vendor answers 429.</param>
public sealed record ActionCase(
    string Type,
    IReadOnlyDictionary<string, string> Credential,
    Func<Uri, (string Key, string Value)[]> Settings,
    Func<Uri, JsonElement> Input,
    RequestDelegate Succeed,
    Action<SentRequest> Check,
    string ThrottledCode = "http_status"
);
