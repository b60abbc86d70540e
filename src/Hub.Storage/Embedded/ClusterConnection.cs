using Npgsql;

namespace Hub.Storage.Embedded;

/// <summary>How the hub reaches its own server.</summary>
internal static class ClusterConnection
{
    // Loopback to a server that proves itself with the shared secret: encryption would only cost. With SCRAM alone, whoever sits on the port instead learns
    // nothing.
    public static string StringFor(int port, string secret) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = ClusterInitializer.Role,
            Password = secret,
            Database = ClusterInitializer.Database,
            RequireAuth = "ScramSHA256",
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    /// <summary>True when a server answers there and knows the secret: SCRAM proves each side to the other.</summary>
    public static async Task<bool> AnswersAsync(int port, string secret, CancellationToken cancellationToken)
    {
        var text = new NpgsqlConnectionStringBuilder(StringFor(port, secret)) { Pooling = false, Timeout = 5 }.ConnectionString;
        await using var connection = new NpgsqlConnection(text);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
