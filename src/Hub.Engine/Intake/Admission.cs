using Hub.Engine.Bodies;
using Microsoft.AspNetCore.Http;

namespace Hub.Engine.Intake;

/// <summary>What a Source asks of a request besides its signature. Each rule gives null when nothing speaks against the request.</summary>
internal static class Admission
{
    /// <summary>Holds for handshakes too: who may call, and how often.</summary>
    public static IntakeRefusal? OfSender(ArrivingRequest request)
    {
        var source = request.Source;
        var rules = source.Rules;
        if (rules.Addresses is { } addresses && !(request.Sender is { } from && addresses.Contains(from)))
        {
            return Refusals.AddressNotAllowed;
        }

        if (rules.Rate is { } rate && !rate.TryTake(out var wait))
        {
            return Refusals.RateLimited(wait);
        }

        if (source.Scheme.NeedsSecret && source.Secrets.HasUnreadableAt(request.ReceivedAt) && source.Secrets.At(request.ReceivedAt).Count == 0)
        {
            return Refusals.SecretUnreadable;
        }

        return source.Scheme.SignsUrl && !request.IsUrlCertain ? Refusals.PublicUrlMissing(source) : null;
    }

    /// <summary>What only deliveries must fulfil.</summary>
    public static IntakeRefusal? OfDelivery(ReceivingSource source, string method, IHeaderDictionary headers)
    {
        var rules = source.Rules;
        return !rules.TakesMethod(method) ? Refusals.MethodNotAllowed(source)
            : !rules.TakesContentType(headers.ContentType) ? Refusals.ContentTypeNotAllowed(source)
            : !BodyEncoding.IsKnown(headers.ContentEncoding) ? Refusals.ContentEncodingUnknown
            : null;
    }

    /// <summary>Whether what was sent compressed can be unpacked. Asked last, since it costs the most.</summary>
    public static IntakeRefusal? OfBody(BodyVerdict verdict, ReceivingSource source) =>
        verdict switch
        {
            BodyVerdict.Readable => null,
            BodyVerdict.NoRoom => Refusals.Busy,
            BodyVerdict.InflatesTooMuch => Refusals.BodyInflatesTooMuch(source),
            _ => Refusals.BodyEncodingInvalid,
        };
}
