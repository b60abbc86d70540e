using Microsoft.AspNetCore.Http;

namespace Hub.Signatures.Tests;

internal static class SignedRequests
{
    public static SignedRequest Of(IEnumerable<(string Name, string Value)> headers, byte[] body, DateTimeOffset? receivedAt = null)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary.Append(name, value);
        }

        return new("POST", "https://hub.example.com/in/abc?x=1", dictionary, body, receivedAt ?? DateTimeOffset.UnixEpoch);
    }
}
