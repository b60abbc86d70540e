namespace Hub.Storage.Sources;

/// <summary>Writes when secrets were last used.</summary>
public sealed class SecretUseRecord(HubDatabase database)
{
    private static readonly string Used = SqlText.Load("Sources/Sql/secrets_used.sql");

    /// <param name="uses">Times in ticks of UTC, by the secret's id.</param>
    public async Task WriteAsync(KeyValuePair<Guid, long>[] uses, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(Used);
        command.Parameters.AddArray(uses, use => use.Key);
        command.Parameters.AddArray(uses, use => new DateTime(use.Value, DateTimeKind.Utc));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
