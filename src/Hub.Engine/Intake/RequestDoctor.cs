using System.Text.Json;
using Hub.Connectors.Signatures;
using Hub.Connectors.Signatures.Doctor;

namespace Hub.Engine.Intake;

/// <summary>Says why a request was refused, knowing the hub's other Sources.</summary>
public sealed class RequestDoctor(SourceDirectory sources, SignatureSchemes schemes, TimeProvider time)
{
    /// <summary>Diagnoses at the door, a second: a flood of bad requests must not cost the processor more.</summary>
    private const double AtTheDoor = 20;

    private readonly TokenBucket _bucket = new(new RateLimitSettings(AtTheDoor, (int)AtTheDoor), time);

    /// <summary>The likely causes as JSON; null when too many ask at once, and it is left for whoever looks.</summary>
    public async ValueTask<string?> TryDiagnoseAsync(ReceivingSource source, SignedRequest request, CancellationToken cancellationToken) =>
        _bucket.TryTake(out _) ? ToJson(await DiagnoseAsync(source, request, cancellationToken)) : null;

    /// <summary>The possible causes, the likeliest first; empty for a request that is valid.</summary>
    public async ValueTask<IReadOnlyList<Finding>> DiagnoseAsync(ReceivingSource source, SignedRequest request, CancellationToken cancellationToken)
    {
        var others = (await sources.ListAsync(cancellationToken))
            .Where(other => other.Id != source.Id && other.Scheme.NeedsSecret)
            .Select(other => (other.Name, other.Scheme, other.Secrets.At(request.ReceivedAt)))
            .ToList();
        return SignatureDoctor.Diagnose(request, source.Scheme, source.Secrets.At(request.ReceivedAt), others, schemes.Profiles);
    }

    public static string ToJson(IReadOnlyList<Finding> findings) => JsonSerializer.Serialize(findings, JsonSerializerOptions.Web);
}
