using System.Text;
using System.Text.Json;
using Hub.Api.Errors;
using Hub.Engine.Intake;
using Hub.Engine.Verification;
using Hub.Signatures;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace Hub.Api.Sources;

internal static class VerificationEndpoints
{
    public static void MapVerification(this IEndpointRouteBuilder app) =>
        app.MapApi("sources", "Sources")
            .MapPost("/{id:guid}/verify", Verify)
            .WithName("verifyRequest")
            .WithSummary("Judges a request as if it had come to this Source, and says what is wrong with its signature. Nothing is kept.")
            .ProducesProblem(400)
            .ProducesProblem(409);

    private static async Task<Results<Ok<VerificationResult>, ProblemHttpResult>> Verify(
        Guid id,
        VerificationRequest body,
        SourceDirectory sources,
        SigningCertificates certificates,
        RequestDoctor doctor,
        StoredAddresses stored,
        PublicAddress address,
        HttpRequest request,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (await sources.FindAsync(id, cancellationToken) is not { } source)
        {
            return await sources.FindClosedAsync(id, cancellationToken) is { } closed
                ? Problems.Create(409, "source_closed", $"The Source cannot judge requests: {closed.Problem}")
                : Problems.NotFound("Source");
        }

        var errors = new List<FieldError>();
        var (headers, bytes) = (HeadersOf(body, errors), BytesOf(body, errors));
        if (errors.Count > 0)
        {
            return Problems.Create(400, "request_invalid", errors[0].Message, errors);
        }

        var url = body.Url ?? IncomingAddress.Of(address.OfWebhooks(request), stored.TokenOf((await stored.RowsOfAsync([id], cancellationToken))[id]) ?? "");
        var signed = new SignedRequest((body.Method ?? "POST").ToUpperInvariant(), url, headers, bytes, body.ReceivedAt ?? time.GetUtcNow());
        if (await certificates.CompleteAsync(source.Scheme, signed, cancellationToken) is not { } certified)
        {
            return Problems.Create(409, "certificate_unavailable", "The certificate that signed the request cannot be fetched at the moment. Try again later.");
        }

        signed = certified;
        var result = source.Scheme.Verify(signed, source.Secrets.At(signed.ReceivedAt));
        var diagnosis = result.IsValid ? [] : await doctor.DiagnoseAsync(source, signed, cancellationToken);
        return TypedResults.Ok(new VerificationResult(VerdictText.Of(result.Verdict), result.Reason, diagnosis));
    }

    private static HeaderDictionary HeadersOf(VerificationRequest body, List<FieldError> errors)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in body.Headers ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                headers.Append(name, value.GetString());
            }
            else if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String))
            {
                headers.Append(name, new StringValues([.. value.EnumerateArray().Select(one => one.GetString())]));
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

    private static byte[] BytesOf(VerificationRequest body, List<FieldError> errors)
    {
        if (body is { Body: not null, BodyBase64: not null })
        {
            errors.Add(new("/bodyBase64", "body_twice", "The body is given twice.", "Give 'body' for text, or 'bodyBase64' for bytes."));
        }

        try
        {
            return body.BodyBase64 is { } base64 ? Convert.FromBase64String(base64) : Encoding.UTF8.GetBytes(body.Body ?? "");
        }
        catch (FormatException)
        {
            errors.Add(new("/bodyBase64", "base64_invalid", "'bodyBase64' is not base64.", "Encode the raw bytes with the standard alphabet and padding."));
            return [];
        }
    }
}
