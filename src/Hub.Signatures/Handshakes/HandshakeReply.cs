namespace Hub.Signatures.Handshakes;

/// <summary>How an answer is made; at most one of text, echo and JSON.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">A fixed body.</param>
/// <param name="ContentType">Of the fixed body; echoes are always plain text.</param>
/// <param name="Echo">The field whose value is the body.</param>
/// <param name="Json">An object's fields.</param>
/// <param name="Headers">Headers by name, each with the field whose value it repeats.</param>
public sealed record HandshakeReply(
    int Status = 200,
    string? Text = null,
    string? ContentType = null,
    string? Echo = null,
    IReadOnlyDictionary<string, HandshakeValue>? Json = null,
    IReadOnlyDictionary<string, string>? Headers = null
);

/// <summary>One value of a JSON answer.</summary>
/// <param name="Field">The request's field it is made from.</param>
/// <param name="Hmac">When given, the value is the HMAC-SHA256 of the field with the source's secret, written so.</param>
/// <param name="Prefix">Stands before the value.</param>
public sealed record HandshakeValue(string Field, ByteEncoding? Hmac = null, string Prefix = "");
