using System.Text.Json;

namespace Hub.Signatures;

/// <summary>Reads from a request what a profile needs before the signature can be checked.</summary>
internal static class SignedValuesReader
{
    public static bool TryRead(SignatureProfile profile, SignedRequest request, JsonElement item, out SignedValues values, out SignatureResult refusal)
    {
        values = default;
        var (time, id) = ("", "");
        if (
            !TryReadSignature(profile.Signature, request, item, out var signature, out refusal)
            || (profile.Timestamp is { } place && !TryReadTime(request, profile.Signature, place, signature, out time, out refusal))
            || (profile.IdHeader is { } idHeader && !TryReadHeader(request, idHeader, out id, out refusal))
        )
        {
            return false;
        }

        foreach (var part in profile.Signed)
        {
            if (part.Part == SignedPartKind.Header && !TryReadHeader(request, part.Text, out _, out refusal))
            {
                return false;
            }
        }

        values = new(signature, time, id, item);
        return true;
    }

    private static bool TryReadSignature(SignaturePlace place, SignedRequest request, JsonElement item, out string signature, out SignatureResult refusal)
    {
        if (
            place.Query is { } query
            && request.Headers[place.Header].Count == 0
            && RequestField.TryParse("query:" + query, out var parameter)
            && parameter.Read(request) is { Length: > 0 } token
        )
        {
            (signature, refusal) = (token, default);
            return true;
        }

        if (place.BodyField is not { } field)
        {
            return TryReadHeader(request, place.Header, out signature, out refusal);
        }

        signature = BodyPointer.Read(item, field);
        refusal = new(SignatureVerdict.Missing, $"The body has no signature at {field}.");
        return signature.Length > 0;
    }

    private static bool TryReadTime(
        SignedRequest request,
        SignaturePlace signature,
        TimestampPlace place,
        string header,
        out string time,
        out SignatureResult refusal
    )
    {
        time = "";
        refusal = default;
        if (place.BodyField is not null)
        {
            return true;
        }

        if (place.Header is { } name)
        {
            if (!TryReadHeader(request, name, out time, out refusal))
            {
                return false;
            }
        }
        else if (place.Key is { } key)
        {
            var count = SignatureHeader.Find(header, signature, key, out var found);
            time = found ?? "";
            if (count != 1)
            {
                refusal =
                    count == 0
                        ? new(SignatureVerdict.Missing, $"The signature header has no time ({key}).")
                        : Bad($"The signature header has more than one time ({key}).");
                return false;
            }
        }

        refusal = Bad(place.Unit == TimestampUnit.Iso8601 ? "The timestamp is not a date with its offset." : "The timestamp is not a whole number.");
        return SignatureTimestamp.Read(time, place.Unit) is not null;
    }

    private static bool TryReadHeader(SignedRequest request, string name, out string value, out SignatureResult refusal)
    {
        var values = request.Headers[name];
        value = values.Count == 1 ? values[0] ?? "" : "";
        refusal =
            values.Count > 1
                ? Bad($"The header {name} was sent more than once; which one counts cannot be told.")
                : new(SignatureVerdict.Missing, $"The header {name} is missing or empty.");
        return value.Length > 0;
    }

    private static SignatureResult Bad(string reason) => new(SignatureVerdict.BadSignature, reason);
}
