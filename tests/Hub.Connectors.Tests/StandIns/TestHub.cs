using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Connectors.Tests.StandIns;

/// <summary>The connectors as the hub composes them, allowed to call loopback unless told otherwise.</summary>
public sealed class TestHub : IDisposable
{
    private readonly ServiceProvider services;

    public TestHub(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Hub:Outbound:AllowedNetworks:0", "127.0.0.0/8")])
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        services = new ServiceCollection().AddLogging().AddHubConnectors(configuration).BuildServiceProvider();
    }

    /// <summary>As shipped: nothing but public addresses.</summary>
    public static TestHub Closed() => new(("Hub:Outbound:AllowedNetworks:0", "192.0.2.0/24"));

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public GuardedHttpClient Http => Get<GuardedHttpClient>();

    public DeclaredAction Action(string type) => Get<ConnectorRegistry>().TryFindAction(type, out var action) ? action : throw new KeyNotFoundException(type);

    /// <summary>Runs an action as the hub does: what its manifests do not allow never reaches it.</summary>
    public async Task<ActionResult> RunAsync(string type, ActionContext context, CancellationToken token) =>
        Action(type).ErrorOf(context) is { } error ? ActionResult.Failed(error) : await Action(type).Action.RunAsync(context, token);

    public Task<ActionResult> RunAsync(
        string type,
        string input,
        IReadOnlyDictionary<string, string>? credential = null,
        CancellationToken? token = null,
        bool hostIsWrittenOut = true
    ) =>
        RunAsync(
            type,
            new ActionContext(Json(input), credential, "execution-step") { HostIsWrittenOut = hostIsWrittenOut },
            token ?? TestContext.Current.CancellationToken
        );

    public Task<OutboundResult> GetAsync(Uri url) => Http.SendAsync(new("GET", url), TestContext.Current.CancellationToken);

    public static JsonElement Json(string text) => JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 600 }).RootElement.Clone();

    public void Dispose() => services.Dispose();
}
