using System.Text.Json;
using Hub.Fields;
using Hub.Signatures;
using Hub.Signatures.Doctor;

namespace Hub.Engine.Intake;

/// <summary>Says why a request was refused, knowing the hub's other Sources.</summary>
public sealed class RequestDoctor(SourceDirectory sources, SignatureSchemes schemes, TimeProvider time)
{
    private static readonly JsonSerializerOptions Writing = new(JsonSerializerDefaults.Web) { Encoder = PlainJson.Encoder };

    /// <summary>The largest body that is diagnosed at the door, in bytes.</summary>
    private const int LargestAtTheDoor = 64 << 10;

    /// <summary>Of one core, and what may be spent at once: a flood of bad requests must not cost the processor more.</summary>
    private const double ShareAtTheDoor = 0.05;
    private static readonly TimeSpan BurstAtTheDoor = TimeSpan.FromMilliseconds(250);

    private readonly ProcessorShare _door = new(ShareAtTheDoor, BurstAtTheDoor, time);

    /// <summary>The likely causes as JSON; null when it is left for whoever looks, as the body is large or too many ask at once.</summary>
    public async ValueTask<string?> TryDiagnoseAsync(ReceivingSource source, SignedRequest request, CancellationToken cancellationToken)
    {
        if (request.Body.Length > LargestAtTheDoor)
        {
            return null;
        }

        var all = await sources.ListAsync(cancellationToken);
        using var work = _door.TryBegin();
        return work is null ? null : ToJson(Diagnose(source, request, all));
    }

    /// <summary>The possible causes, the likeliest first; empty for a request that is valid.</summary>
    public async ValueTask<IReadOnlyList<Finding>> DiagnoseAsync(ReceivingSource source, SignedRequest request, CancellationToken cancellationToken) =>
        Diagnose(source, request, await sources.ListAsync(cancellationToken));

    private IReadOnlyList<Finding> Diagnose(ReceivingSource source, SignedRequest request, IReadOnlyCollection<ReceivingSource> all)
    {
        var others = all.Where(other => other.Id != source.Id && other.Scheme.NeedsSecret)
            .Select(other => (other.Name, other.Scheme, other.Secrets.At(request.ReceivedAt)))
            .ToList();
        return SignatureDoctor.Diagnose(
            request,
            source.Scheme,
            source.Secrets.At(request.ReceivedAt),
            others,
            schemes.Profiles,
            source.Secrets.EndedAt(request.ReceivedAt)
        );
    }

    public static string ToJson(IReadOnlyList<Finding> findings) => JsonSerializer.Serialize(findings, Writing);
}
