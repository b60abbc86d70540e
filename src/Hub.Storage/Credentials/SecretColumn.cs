namespace Hub.Storage.Credentials;

/// <summary>A column that holds secrets, and how the place of one of them is made.</summary>
/// <param name="Owner">What the row says of it, as SQL that gives text.</param>
/// <param name="PlaceOf">From the row's id and its owner.</param>
internal sealed record SecretColumn(string Table, string Name, string Owner, Func<Guid, string, SecretPlace> PlaceOf)
{
    public static IReadOnlyList<SecretColumn> All { get; } =
    [
        new("source_secrets", "protected", "source_id::text", static (id, source) => SecretPlace.SourceSecret(id, Guid.Parse(source))),
        new("source_handshakes", "protected", "source_id::text", static (id, source) => SecretPlace.Handshake(id, Guid.Parse(source))),
        new("quarantine", "protected_headers", "source_id::text", static (id, source) => SecretPlace.QuarantinedHeaders(id, Guid.Parse(source))),
        new("credentials", "protected_fields", "connector || '/' || name", static (id, owner) => OfCredential(id, owner.Split('/', 2))),
    ];

    /// <summary>A page of the rows that are bound to no place: $1 is the last id that was seen.</summary>
    public string Unbound =>
        $"SELECT id, {Owner}, {Name} FROM hub.{Table} WHERE substring({Name} FROM 1 FOR 1) = '\\x09' AND id > $1 ORDER BY id LIMIT 500 FOR UPDATE";

    public string Change => $"UPDATE hub.{Table} AS kept SET {Name} = bound.secret FROM unnest($1, $2) AS bound (id, secret) WHERE kept.id = bound.id";

    private static SecretPlace OfCredential(Guid id, string[] connectorAndName) => SecretPlace.Credential(id, connectorAndName[0], connectorAndName[1]);
}
