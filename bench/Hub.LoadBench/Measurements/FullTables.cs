using Hub.LoadBench.Servers;
using Npgsql;

namespace Hub.LoadBench.Measurements;

/// <summary>(full) The same webhooks at a second hub, whose tables hold millions of deliveries and the quarantine of many Sources.</summary>
internal sealed class FullTables(DatabaseServer database, HubServer hub, string connection, BenchOptions options)
{
    public const string Id = "full";

    private const int QuarantinedRequests = 200_000;
    private const int Sources = 20;

    private Webhooks? _webhooks;

    public async Task PrepareAsync()
    {
        _webhooks = new Webhooks(database, hub, options);
        await _webhooks.PrepareAsync();
        await using var data = NpgsqlDataSource.Create(connection + ";Command Timeout=0");

        // Half of the deliveries lie in today's slices, where new ones go, the others before them.
        await RunAsync(
            data,
            $"""
            INSERT INTO hub.deliveries (retention_partition, id, source_id, received_at, method, query, content_type, headers, executions, body)
            SELECT 0, (lpad(to_hex(ms), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
                   md5((n % {Sources})::text)::uuid, to_timestamp(ms / 1000.0), 'POST', '', 'application/json', headers, 0, body
            FROM (
                SELECT n, (extract(epoch FROM now()) * 1000)::bigint - CASE WHEN n % 2 = 0 THEN n % 600000 ELSE 86400000 + n % 86400000 END AS ms,
                       json_build_object('content-type', 'application/json', 'x-github-delivery', n, 'user-agent', 'bench') AS headers,
                       convert_to(repeat('x', 100), 'UTF8') AS body
                FROM generate_series(1, {options.Deliveries}) n
            ) d
            """
        );
        await RunAsync(
            data,
            $"""
            INSERT INTO hub.quarantine (id, source_id, received_at, method, url, query, headers, verdict, reason, size, body)
            SELECT (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid,
                   md5((n % {Sources})::text)::uuid, now(), 'POST', 'https://hub.example/webhooks/incoming/x', '', '{"{}"}',
                   'bad_signature', 'It is wrong.', 1000, convert_to(repeat('y', 1000), 'UTF8')
            FROM generate_series(1, {QuarantinedRequests}) n
            """
        );
        await RunAsync(data, "VACUUM ANALYZE hub.deliveries, hub.quarantine");
    }

    public async Task<Measurement> RunAsync() =>
        await _webhooks!.RunAsync(options.Connections) with
        {
            Id = Id,
            Name = $"webhooks, {options.Deliveries} deliveries and {QuarantinedRequests} quarantined there, {options.Connections} connections",
        };

    private static async Task RunAsync(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
