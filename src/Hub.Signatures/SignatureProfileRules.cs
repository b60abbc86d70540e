using Hub.Fields.Headers;
using Hub.Signatures.Certificates;
using Hub.Signatures.Handshakes;

namespace Hub.Signatures;

/// <summary>What a profile must fulfil beyond its form.</summary>
public static class SignatureProfileRules
{
    /// <summary>What a profile contradicts itself in, with the place and the remedy; null when nothing.</summary>
    public static string? ErrorOf(SignatureProfile profile) =>
        NameError(profile)
        ?? PlaceError(profile)
        ?? SignedError(profile)
        ?? TimeError(profile)
        ?? CertificateRules.ErrorOf(profile)
        ?? FieldError(profile)
        ?? ComputedAnswers.ErrorOf(profile);

    private static string? NameError(SignatureProfile profile) =>
        profile.Name.Length is 0 or > 64 || profile.Name.Any(static c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            ? "name: a scheme's name is up to 64 of a-z, 0-9 and '-'. Write one such as 'acme'."
            : null;

    private static string? PlaceError(SignatureProfile profile)
    {
        var isToken = profile.Algorithm == SignatureAlgorithm.Token;
        return profile switch
        {
            { Signature: { Header.Length: 0, BodyField: null } } =>
                "signature.header: the signature's header has no name. Name the header, or give signature.bodyField.",
            { Signature: { Header.Length: > 0, BodyField: not null } } =>
                "signature.bodyField: the signature has exactly one place. Leave out this or the header.",
            { Signature.Header: { Length: > 0 } header } when !HeaderRules.IsName(header) => $"signature.header: '{header}' is not the name of a header.",
            { Signature.BodyField: { } field } when !BodyPointer.IsPointer(field) => $"signature.bodyField: '{field}' is no JSON Pointer. Begin it with '/'.",
            { Signature.Query: not null } when !isToken || profile.Signature.Header.Length == 0 || profile.Signature.ListSeparator is not null =>
                "signature.query: only a token may stand in the query, in the place of its header. Leave it out.",
            { Signature.Encoding: ByteEncoding.Utf8 } when !isToken => "signature.encoding: a digest is written in hex or base64.",
            { Signature: { Key: not null, ListSeparator: null } } =>
                "signature.listSeparator: a keyed signature needs the separator of the list. Add it, such as ','.",
            { Signature.ListSeparator.Length: 0 } or { Signature.KeySeparator.Length: 0 } => "signature: a separator is at least one character.",
            { Items: { } items } when !BodyPointer.IsPointer(items) => $"items: '{items}' is no JSON Pointer. Begin it with '/'.",
            { MaxItems: < 1 or > SignedItems.MaxItems } => $"maxItems: {profile.MaxItems} is not from 1 to {SignedItems.MaxItems}.",
            _ when profile.FormFields.FirstOrDefault(static field => !BodyPointer.IsPointer(field.Key) || field.Value.Length == 0) is { Key: { } wrong } =>
                $"formFields: '{wrong}' does not lead to a field. Write a JSON Pointer that begins with '/', and the name of the form's field.",
            _ when profile.FormFields.Values.Distinct(StringComparer.Ordinal).Count() < profile.FormFields.Count =>
                "formFields: two pointers lead to the same field. Give each its own.",
            { BodyHashQuery.Length: 0 } => "bodyHashQuery: the query parameter has no name.",
            _ => null,
        };
    }

    private static string? SignedError(SignatureProfile profile)
    {
        var isToken = profile.Algorithm == SignatureAlgorithm.Token;
        return profile switch
        {
            { Signed.Count: 0 } when !isToken => "signed: nothing is signed. Give at least { \"part\": \"body\" }.",
            { Signed.Count: > 0 } when isToken => "signed: a token signs nothing. Leave it out.",
            { IdHeader: null } when profile.Signed.Any(static part => part.Part == SignedPartKind.Id) => "idHeader: the signed id has no header. Name it.",
            _ when profile.Signed.Any(static part =>
                    part is { Part: SignedPartKind.Literal or SignedPartKind.Header or SignedPartKind.BodyField or SignedPartKind.BodyLine, Text.Length: 0 }
                ) => "signed: a literal, header, body-field or body-line has no text. Add \"text\".",
            _ when profile.Signed.Any(static part => part.Part is SignedPartKind.BodyField or SignedPartKind.BodyLine && !BodyPointer.IsPointer(part.Text)) =>
                "signed: the text of a body-field or body-line is a JSON Pointer. Begin it with '/'.",
            { Algorithm: SignatureAlgorithm.Sha256 } when profile is not { Signed: [{ Part: SignedPartKind.Secret }, ..], Bodies: BodyShape.Json } =>
                "algorithm: a plain hash proves something only when it begins with the secret and the body cannot be gone on with. Begin 'signed' with "
                    + "the part 'secret', "
                    + "and set \"bodies\": \"json\"; or take an HMAC.",
            { Algorithm: not (SignatureAlgorithm.Sha256 or SignatureAlgorithm.RsaSha256) }
                when profile.Signed.Any(static part => part.Part == SignedPartKind.Secret) =>
                "signed: only the algorithms sha256 and rsa-sha256 sign the secret's text. Leave it out.",
            _ => null,
        };
    }

    private static string? TimeError(SignatureProfile profile)
    {
        var signsTime = profile.Signed.Any(static part => part.Part == SignedPartKind.Timestamp);
        return profile.Timestamp switch
        {
            null or { BodyField: not null } when signsTime => "timestamp: the signed timestamp has no header or key. Name one.",
            null => null,
            { } time when (time.Header is null ? 0 : 1) + (time.Key is null ? 0 : 1) + (time.BodyField is null ? 0 : 1) != 1 =>
                "timestamp: a timestamp has exactly one place. Give one of header, key, bodyField.",
            { Key: not null } when profile.Signature.ListSeparator is null =>
                "signature.listSeparator: a keyed timestamp needs the separator of the list. Add it, such as ','.",
            { BodyField: null } when !signsTime => "timestamp: a timestamp that is not signed proves nothing. Leave it out, or sign it.",
            { BodyPointer: { } pointer } when !Signs(profile, pointer) =>
                "timestamp.bodyField: a timestamp that is not signed proves nothing. Leave it out, or sign it.",
            { ToleranceSeconds: < 1 } => "timestamp.toleranceSeconds: the tolerance is at least a second.",
            _ => null,
        };
    }

    private static bool Signs(SignatureProfile profile, string pointer) =>
        profile.Signed.Any(part =>
            part.Part == SignedPartKind.Body || (part.Part is SignedPartKind.BodyField or SignedPartKind.BodyLine && part.Text == pointer)
        );

    private static string? FieldError(SignatureProfile profile)
    {
        if (profile.Dedupe is { } dedupe && !DedupeRule.TryParse(dedupe, out _))
        {
            return $"dedupe: '{dedupe}' names no place. Write 'header:' and a name, 'body:' and a JSON Pointer, or 'signed'.";
        }

        if (profile is { Dedupe: DedupeRule.Signed, Signed.Count: 0 } or { Dedupe: null, DedupeAlways: true })
        {
            return profile.Dedupe is null ? "dedupeAlways: there is no rule. Add dedupe." : "dedupe: a token signs nothing. Name a header or a field.";
        }

        foreach (
            var text in profile
                .Handshakes.SelectMany(FieldsOf)
                .Concat(FieldsOf(profile.Acknowledgement))
                .Append(profile.EventType)
                .Append(profile.DeliveryId)
                .Append(profile.AcknowledgedWhen?.Field)
        )
        {
            if (text is not null && !RequestField.TryParse(text, out _))
            {
                return $"handshakes, acknowledgement, eventType or deliveryId: '{text}' names no place. Write 'header:', 'query:' or 'form:' and a name, "
                    + "or 'body:' and a JSON Pointer.";
            }
        }

        return profile.Handshakes.Any(static h => (h.Proof == HandshakeProof.Secret) != (h.SecretField is not null))
                ? "handshakes: secretField goes with the proof 'secret', and only with it."
            : profile.Handshakes.Select(static h => h.Refusal).Append(profile.Acknowledgement).OfType<HandshakeReply>().Any(ComputedAnswers.Hashes)
                ? "handshakes or acknowledgement: only the reply of a handshake may hold an hmac. Leave it out of refusal and acknowledgement."
            : null;
    }

    private static IEnumerable<string?> FieldsOf(SignatureHandshake handshake) =>
        [
            .. handshake.When.Select(static condition => condition.Field),
            handshake.SecretField,
            handshake.Keep,
            .. FieldsOf(handshake.Reply),
            .. FieldsOf(handshake.Refusal),
        ];

    private static IEnumerable<string?> FieldsOf(HandshakeReply? reply) =>
        [reply?.Echo, .. reply?.Json?.Values.Select(static value => value.Field) ?? [], .. reply?.Headers?.Values ?? []];
}
