using System.Security.Cryptography;
using System.Text;

namespace Hub.EndToEnd;

/// <summary>Webhooks as GitHub sends them.</summary>
internal static class SignedWebhook
{
    /// <param name="deliveryId">The provider's own id of it; null for one without.</param>
    public static HttpRequestMessage Of(string url, string secret, byte[] body, string? deliveryId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}");
        if (deliveryId is not null)
        {
            request.Headers.Add("X-GitHub-Delivery", deliveryId);
        }

        return request;
    }
}
