using Hub.Storage.Connections;
using Hub.Storage.Embedded;
using Hub.Storage.Migrations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage;

/// <summary>The one PostgreSQL of this hub: found or started, checked and migrated before anything else starts, stopped last.</summary>
public sealed partial class HubDatabase(IOptions<DatabaseOptions> options, IOptions<EmbeddedPostgresOptions> embeddedOptions, ILogger<HubDatabase> logger)
    : IHostedService,
        IAsyncDisposable
{
    private const int OldestVersion = 15;
    private static readonly TimeSpan ConnectedWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(30);

    private EmbeddedPostgres? _embedded;
    private ConnectionPools? _pools;

    /// <summary>For everyday reads and writes: each statement is planned anew, for its own values and the present size of the tables.</summary>
    public NpgsqlDataSource DataSource => Pools.Everyday;

    /// <summary>For the statements that webhooks and executions wait for: each has one plan, by index, whatever the statistics say.</summary>
    public NpgsqlDataSource HotSource => Pools.Hot;

    /// <summary>The same for the commits of intake and journal: one connection for each writer, which nobody else can take.</summary>
    public NpgsqlDataSource CommitSource => Pools.Commits;

    /// <summary>As <see cref="DataSource"/>, for callers of the API, who may be many and ask for much.</summary>
    public NpgsqlDataSource ApiSource => Pools.Api;

    internal NpgsqlDataSource ProbeSource => Pools.Probe;

    /// <summary>Whether the hub runs its own server.</summary>
    public bool IsEmbedded => string.IsNullOrWhiteSpace(options.Value.ConnectionString);

    /// <summary>The port of the hub's own server on loopback; null when it has none or it has not been started.</summary>
    public int? EmbeddedPort => _embedded is { } server ? new NpgsqlConnectionStringBuilder(server.ConnectionString).Port : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsEmbedded)
        {
            _embedded = await EmbeddedPostgres.StartAsync(embeddedOptions.Value, logger, cancellationToken);
            _embedded.Died += (_, _) => DropConnections();
        }

        var connection = new NpgsqlConnectionStringBuilder(_embedded?.ConnectionString ?? options.Value.ConnectionString);
        _pools = new ConnectionPools(connection.ConnectionString, options.Value);
        await new ServerWait($"{connection.Host}:{connection.Port}", options.Value.StartTimeout, TimeProvider.System, logger).RunAsync(
            PrepareAsync,
            cancellationToken
        );
    }

    /// <summary>Why the data directory is not this hub's own, such as that it is a copy; null when it is. A server of its user's has none.</summary>
    public string? WhyStrange => _embedded?.WhyStrange;

    /// <summary>From now on the data directory is this hub's own.</summary>
    public Task SettleHomeAsync(CancellationToken cancellationToken) => _embedded?.SettleHomeAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>A context for what people do in a workspace; the caller disposes it.</summary>
    public HubDbContext For(WorkspaceScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new(HubContextOptions.For(ApiSource));
    }

    /// <summary>A context for the hub's own work, which is every workspace's; the caller disposes it. A test lists who may ask for one.</summary>
    public HubDbContext AcrossWorkspaces() => new(HubContextOptions.For(DataSource));

    /// <summary>The server of the connections that are open now is gone: whoever comes next gets a new one, and not the error of a dead one.</summary>
    internal void DropConnections() => _pools?.Clear();

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _pools, null) is { } pools)
        {
            await pools.DisposeAsync();
        }

        if (Interlocked.Exchange(ref _embedded, null) is { } embedded)
        {
            await embedded.DisposeAsync();
        }
    }

    private ConnectionPools Pools => _pools ?? throw new InvalidOperationException("The database has not been started yet.");

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await CheckServerAsync(cancellationToken);
        await new SchemaUpgrade(DataSource, logger).RunAsync(cancellationToken);
        await StartTables.ThrowIfLockedAsync(DataSource, cancellationToken);
    }

    private async Task CheckServerAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw new InvalidOperationException(
                $"PostgreSQL {connection.PostgreSqlVersion} is too old: FlowPilot needs {OldestVersion} or newer. Point ConnectionStrings__Hub at a newer "
                    + "server, or leave it empty to use the embedded one."
            );
        }

        var durability = await Durability.ReadAsync(connection, (int)AnsweredWithin.TotalSeconds, cancellationToken);
        if (durability.Warning is { } warning)
        {
            Log.NotDurable(logger, warning);
        }

        if ((await ConnectionLimits.ReadAsync(connection, cancellationToken)).WarningFor(options.Value.MaxConnections) is { } tooFew)
        {
            Log.TooFewConnections(logger, tooFew);
        }
    }

    /// <summary>A host that swallows packets keeps a connection attempt waiting for long; what is waited for is then not told.</summary>
    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectedWithin);
        try
        {
            return await DataSource.OpenConnectionAsync(limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {ConnectedWithin.TotalSeconds:0} s", exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "{Warning}")]
        public static partial void NotDurable(ILogger logger, string warning);

        [LoggerMessage(2, LogLevel.Warning, "{Warning}")]
        public static partial void TooFewConnections(ILogger logger, string warning);
    }
}
