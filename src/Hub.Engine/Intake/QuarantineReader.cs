using System.Text.Json;
using Hub.Engine.Bodies;
using Hub.Signatures;
using Hub.Storage.Credentials;
using Hub.Storage.Quarantine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hub.Engine.Intake;

/// <summary>Reads requests in quarantine as they were sent.</summary>
public sealed class QuarantineReader(SecretVault vault, AddressReader addresses, BodyOpener bodies)
{
    /// <summary>The request as it was judged; null when what was masked cannot be decrypted any more.</summary>
    public async ValueTask<SignedRequest?> ReadAsync(QuarantinedRequest aside, ReceivingSource source, CancellationToken cancellationToken)
    {
        if (!TryReadHeaders(aside, out var headers, out var url))
        {
            return null;
        }

        url ??= source.Scheme.SignsUrl ? await addresses.RestoreAsync(aside.Url, cancellationToken) : aside.Url;
        return new SignedRequest(aside.Method, url, headers, aside.Body, aside.ReceivedAt);
    }

    /// <summary>What the row of a delivery would hold of it; null each where the request does not tell.</summary>
    public (string? EventType, string? DedupeKey) FieldsOf(QuarantinedRequest aside, ReceivingSource source)
    {
        if (!TryReadHeaders(aside, out var headers, out var url))
        {
            return default;
        }

        var verdict = bodies.Open(source, aside.Body, headers.ContentEncoding, out var body);
        using var held = body;
        return verdict == BodyVerdict.Readable && (!source.ReadsBody || body.TryRead())
            ? NewDelivery.FieldsOf(source, new SignedRequest(aside.Method, url ?? aside.Url, headers, body.Bytes, aside.ReceivedAt))
            : default;
    }

    private bool TryReadHeaders(QuarantinedRequest aside, out IHeaderDictionary headers, out string? url)
    {
        (headers, url) = (new HeaderDictionary(), null);
        Add(headers, JsonSerializer.Deserialize<Dictionary<string, string>>(aside.Headers)!);
        if (aside.ProtectedHeaders is not null)
        {
            if (!vault.TryReveal(SecretPlace.QuarantinedHeaders(aside.Id, aside.SourceId), aside.ProtectedHeaders, out var masked))
            {
                return false;
            }

            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(masked)!;
            values.Remove(QuarantinedRequest.UrlField, out url);
            Add(headers, values);
        }

        return true;
    }

    private static void Add(IHeaderDictionary headers, Dictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            headers[name] = new StringValues(value);
        }
    }
}
