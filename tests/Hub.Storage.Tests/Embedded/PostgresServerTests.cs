using Hub.TestSupport;
using Npgsql;

namespace Hub.Storage.Tests.Embedded;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task CreateDatabase_SeveralAtOnce_AreSeparateAndEmpty()
    {
        var texts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostgresServer.CreateDatabaseAsync(TestContext.Current.CancellationToken)));

        Assert.Equal(3, texts.Distinct().Count());
        foreach (var text in texts)
        {
            await using var connection = new NpgsqlConnection(text);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("CREATE TABLE mine (id int)", connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
