using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Hub.Signatures.Tests;

/// <summary>The shared vectors: every file <c>signatures*.json</c> of the conformance data.</summary>
internal static class SignatureVectors
{
    public static IReadOnlyList<JsonElement> All { get; } =
        ConformanceData.Exists ? [.. Directory.GetFiles(ConformanceData.PathTo("signatures"), "signatures*.json").Order().SelectMany(Vectors)] : [];

    public static SignedRequest RequestOf(JsonElement vector)
    {
        var headers = new HeaderDictionary();
        foreach (var header in vector.GetProperty("headers").EnumerateObject())
        {
            headers.Append(header.Name, header.Value.GetString());
        }

        var body = vector.TryGetProperty("body_base64", out var encoded)
            ? encoded.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!);
        var now = vector.GetProperty("now") is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 1_700_000_000;
        return new(vector.GetProperty("method").GetString()!, vector.GetProperty("url").GetString()!, headers, body, DateTimeOffset.FromUnixTimeSeconds(now));
    }

    private static IEnumerable<JsonElement> Vectors(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(v => v.Clone())];
    }
}
