using System.Net.Http.Headers;
using System.Text.Json;
using Hub.TestSupport;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using Npgsql;

namespace Hub.TestHost;

/// <summary>A running hub with a database, a data directory and a port of its own, and the ways to talk to it.</summary>
public sealed partial class TestHub : IAsyncDisposable
{
    public const string AdminKey = "the-admin-key-of-the-tests-0123456789";

    private static volatile JsonDocument? s_description;

    private readonly Dictionary<string, string> _settings;
    private readonly string _dataDirectory;
    private HubFactory? _factory;

    private readonly TimeProvider _machine;

    private TestHub(string connectionString, string dataDirectory, Dictionary<string, string> settings, TimeProvider machine) =>
        (ConnectionString, _dataDirectory, _settings, _machine) = (connectionString, dataDirectory, settings, machine);

    public string ConnectionString { get; }

    /// <summary>The folder of the keys that encrypt secrets.</summary>
    public string KeyRing => Path.Combine(_dataDirectory, "keys");

    /// <summary>Where the hub listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>With the admin key.</summary>
    public HttpClient Api { get; private set; } = null!;

    /// <summary>Without any key.</summary>
    public HttpClient Web { get; private set; } = null!;

    public LogLines Log { get; } = new();

    public static Task<TestHub> StartAsync(params (string Key, string Value)[] settings) => StartAsync(TimeProvider.System, settings);

    /// <summary>A hub on a machine with a clock of its own.</summary>
    public static async Task<TestHub> StartAsync(TimeProvider machine, params (string Key, string Value)[] settings)
    {
        var given = settings.FirstOrDefault(setting => setting.Key == "ConnectionStrings:Hub").Value;
        var connectionString = given ?? await PostgresServer.CreateDatabaseAsync();
        var dataDirectory = Directory.CreateTempSubdirectory("flowpilot-hub-").FullName;
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Hub"] = connectionString,
            ["Hub:AdminKey"] = AdminKey,
            ["Hub:DataDirectory"] = dataDirectory,
            ["Hub:Outbound:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Hub:Engine:Concurrency"] = "32",
            ["Hub:Engine:DrainTimeout"] = "00:00:01",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var hub = new TestHub(connectionString, dataDirectory, all, machine);
        await hub.StartAsync();
        return hub;
    }

    /// <summary>A setting for the next start.</summary>
    public void Set(string key, string value) => _settings[key] = value;

    public T Get<T>()
        where T : notnull => _factory!.Services.GetRequiredService<T>();

    /// <summary>Asks the hub's database for one value.</summary>
    public async Task<object?> AskAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }

    /// <summary>Stops the process' hub as a deployment would, and starts another on the same database and data directory.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_dataDirectory, recursive: true);
    }

    public async Task StopAsync()
    {
        Api.Dispose();
        Web.Dispose();

        // Disposing the factory would stop the host while the program stops it too.
        var lifetime = Get<IHostApplicationLifetime>();
        var stopped = new TaskCompletionSource();
        await using (lifetime.ApplicationStopped.Register(stopped.SetResult))
        {
            lifetime.StopApplication();
            await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        await _factory!.DisposeAsync();
    }

    /// <summary>The hub's description of its API, the same for all hubs of a test run.</summary>
    public async Task<JsonElement> DescriptionAsync()
    {
        if (s_description is not { } known)
        {
            var provider = _factory!.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
            var document = await provider.GetOpenApiDocumentAsync();
            s_description = known = JsonDocument.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
        }

        return known.RootElement;
    }

    private HttpClient NewClient() =>
        new(new DescribedAnswers(DescriptionAsync, new SocketsHttpHandler())) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Starts the hub again after <see cref="StopAsync"/>.</summary>
    public Task StartAsync()
    {
        _factory = new HubFactory(_settings, Log, _machine);
        _factory.StartServer();
        Url = new Uri(_factory.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority));
        Web = NewClient();
        Api = NewClient();
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        return Task.CompletedTask;
    }
}
