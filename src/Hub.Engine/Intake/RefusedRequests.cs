using System.Diagnostics.Metrics;
using System.Text.Json;
using Hub.Connectors.Secrets;
using Hub.Signatures;
using Hub.Storage.Credentials;
using Hub.Storage.Quarantine;

namespace Hub.Engine.Intake;

/// <summary>Requests that were not let in: kept aside when it was for their signature, else counted by cause.</summary>
public sealed class RefusedRequests : IDisposable
{
    /// <summary>How long the sender's answer waits to learn whether its request is kept.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly QuarantineWriter _quarantine;
    private readonly RefusalCounts _counts;
    private readonly RequestDoctor _doctor;
    private readonly SecretVault _vault;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _refused;

    public RefusedRequests(QuarantineWriter quarantine, RefusalCounts counts, RequestDoctor doctor, SecretVault vault, TimeProvider time, IMeterFactory meters)
    {
        (_quarantine, _counts, _doctor, _vault, _time) = (quarantine, counts, doctor, vault, time);
        _meter = meters.Create("FlowPilot.Intake");
        _refused = _meter.CreateCounter<long>("flowpilot.intake.refused", "{request}", "Requests to Sources that were refused, by cause.");
    }

    /// <summary>A request was refused for its signature. Gives the id under which it is kept aside; null when it is not.</summary>
    public async ValueTask<Guid?> KeepAsync(IncomingRequest incoming, SignatureResult result, AnswerDeadline deadline)
    {
        var (source, request, shown) = (incoming.Source, incoming.Signed, incoming.Shown);
        Measure(source.Id, "signature");
        var id = Guid.CreateVersion7(request.ReceivedAt);
        var url = MaskedQuery.OfUrl(request.Url, source.Secrets.Mask);
        var aside = new QuarantinedRequest
        {
            Id = id,
            SourceId = source.Id,
            ReceivedAt = request.ReceivedAt,
            Method = request.Method,
            Url = IncomingAddress.Mask(url),
            Query = shown.Query,
            ContentType = shown.ContentType,
            Headers = shown.Headers,
            ProtectedHeaders = ProtectMasked(id, source, request, isUrlMasked: url != request.Url),
            Verdict = VerdictText.Of(result.Verdict),
            Reason = result.Reason,
            Diagnosis = await _doctor.TryDiagnoseAsync(source, request, CancellationToken.None),
            Size = request.Body.Length + shown.Headers.Length,
            Body = incoming.Body,
        };
        try
        {
            var patience = deadline.Left < Patience ? deadline.Left : Patience;
            var verdict = await _quarantine.WriteAsync(aside).WaitAsync(patience, _time);
            if (verdict == QuarantineVerdict.Kept)
            {
                return aside.Id;
            }

            _counts.Add(source.Id, request.ReceivedAt, verdict == QuarantineVerdict.OverBudget ? "quarantine_budget" : "quarantine_busy");
        }
        catch (TimeoutException)
        {
            // It is written later, or given up as an error of the database: then the hub refused it while nothing could be counted.
        }

        return null;
    }

    /// <summary>A request was refused for something else.</summary>
    /// <param name="reason">The code of the answer.</param>
    public void Count(Guid source, string reason)
    {
        Measure(source, reason);
        _counts.Add(source, _time.GetUtcNow(), reason);
    }

    public void Dispose() => _meter.Dispose();

    private void Measure(Guid source, string reason) =>
        _refused.Add(1, new KeyValuePair<string, object?>("source", source), new KeyValuePair<string, object?>("reason", reason));

    /// <summary>What is masked where people look is needed whole to judge the request again.</summary>
    private byte[]? ProtectMasked(Guid id, ReceivingSource source, SignedRequest request, bool isUrlMasked)
    {
        var masked = request
            .Headers.Where(header => MaskedHeaders.IsMasked(header.Key, header.Value.ToString(), source))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal);
        if (isUrlMasked)
        {
            masked[QuarantinedRequest.UrlField] = request.Url;
        }

        return masked.Count == 0 ? null : _vault.Protect(SecretPlace.QuarantinedHeaders(id, source.Id), JsonSerializer.SerializeToUtf8Bytes(masked));
    }
}
