using System.Text;
using System.Text.Json;
using Hub.Engine.Intake;
using Hub.Engine.Verification;
using Hub.Signatures;
using Hub.Storage;
using Microsoft.Extensions.Primitives;

namespace Hub.Operations.Sources;

/// <summary>Judges a request as if it had come to a Source. Nothing is kept.</summary>
public sealed class RequestVerification(
    HubDatabase database,
    SourceDirectory sources,
    SigningCertificates certificates,
    RequestDoctor doctor,
    StoredAddresses addresses,
    TimeProvider time
)
{
    /// <param name="hub">Where senders reach the hub.</param>
    public async Task<OperationResult<VerificationResult>> JudgeAsync(
        WorkspaceScope scope,
        Guid id,
        VerificationRequest given,
        WebhookOrigin hub,
        CancellationToken cancellationToken
    )
    {
        if (await sources.FindAsync(id, cancellationToken) is not { } source)
        {
            return await sources.FindClosedAsync(id, cancellationToken) is { } closed
                ? OperationError.Conflict("source_closed", $"The Source cannot judge requests: {closed.Problem}")
                : OperationError.NotFound("Source");
        }

        var errors = new List<FieldError>();
        var (headers, bytes) = (HeadersOf(given, errors), BytesOf(given, errors));
        if (errors.Count > 0)
        {
            return OperationError.Of(OperationErrorKind.Invalid, "request_invalid", errors[0].Message, errors);
        }

        var url = given.Url ?? hub.AddressOf(await TokenOfAsync(scope, id, cancellationToken) ?? "");
        var signed = SignedRequest.Of((given.Method ?? "POST").ToUpperInvariant(), url, headers, bytes, given.ReceivedAt ?? time.GetUtcNow());
        if (await certificates.CompleteAsync(source.Scheme, signed, cancellationToken) is not { } certified)
        {
            return OperationError.Conflict(
                "certificate_unavailable",
                "The certificate that signed the request cannot be fetched at the moment. Try again later."
            );
        }

        signed = certified;
        var result = source.Scheme.Verify(signed, source.Secrets.At(signed.ReceivedAt));
        var diagnosis = result.IsValid ? [] : await doctor.DiagnoseAsync(source, signed, cancellationToken);
        return new VerificationResult(VerdictText.Of(result.Verdict), result.Reason, diagnosis);
    }

    private async Task<string?> TokenOfAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        return addresses.TokenOf((await addresses.RowsOfAsync(context, [id], cancellationToken))[id]);
    }

    private static List<KeyValuePair<string, StringValues>> HeadersOf(VerificationRequest given, List<FieldError> errors)
    {
        var headers = new List<KeyValuePair<string, StringValues>>();
        foreach (var (name, value) in given.Headers ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                headers.Add(new(name, value.GetString()));
            }
            else if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String))
            {
                headers.Add(new(name, new StringValues([.. value.EnumerateArray().Select(one => one.GetString())])));
            }
            else
            {
                errors.Add(
                    new(
                        $"/headers/{name}",
                        "header_invalid",
                        $"The header '{name}' is neither a text nor an array of texts.",
                        "Write it as it was sent, in quotation marks."
                    )
                );
            }
        }

        return headers;
    }

    private static byte[] BytesOf(VerificationRequest given, List<FieldError> errors)
    {
        if (given is { Body: not null, BodyBase64: not null })
        {
            errors.Add(new("/bodyBase64", "body_twice", "The body is given twice.", "Give 'body' for text, or 'bodyBase64' for bytes."));
        }

        try
        {
            return given.BodyBase64 is { } base64 ? Convert.FromBase64String(base64) : Encoding.UTF8.GetBytes(given.Body ?? "");
        }
        catch (FormatException)
        {
            errors.Add(new("/bodyBase64", "base64_invalid", "'bodyBase64' is not base64.", "Encode the raw bytes with the standard alphabet and padding."));
            return [];
        }
    }
}
