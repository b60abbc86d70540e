using System.Text.Json;
using Hub.Connectors.Secrets;

namespace Hub.Operations.Deliveries;

/// <summary>What is shown of a request that was kept before its Source had the secrets it has now.</summary>
internal static class ShownDelivery
{
    /// <param name="json">An object of names and values.</param>
    public static RawJson Headers(string json, SecretMask mask)
    {
        using var headers = JsonDocument.Parse(json);
        return new RawJson(mask.MaskHeaders(headers.RootElement).GetRawText());
    }
}
