using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Hub.TestSupport.StandIns;

/// <summary>A request as a stand-in got it.</summary>
/// <param name="At">A timestamp of the system clock, for measuring between requests.</param>
public sealed record SentRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, long At)
{
    public string Text => Encoding.UTF8.GetString(Body.Span);

    public JsonElement Json => JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 2000 }).RootElement.Clone();

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    internal static async Task<SentRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new(
            request.Method,
            request.Path.Value ?? "",
            request.QueryString.Value ?? "",
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray(),
            TimeProvider.System.GetTimestamp()
        );
    }
}
