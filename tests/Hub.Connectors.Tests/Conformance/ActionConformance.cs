using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.Conformance;

/// <summary>What every action must hold to. One subclass for each, with a case; the vendor is a real server on loopback.</summary>
public abstract class ActionConformance
{
    private const string Key = "0192-execution-step";

    public abstract ActionCase Case { get; }

    [Fact]
    public async Task Run_Good_OutputFitsSchema()
    {
        await using var vendor = await StandIn.StartAsync(Case.Succeed);
        using var hub = Hub(vendor);

        var result = await RunAsync(hub, vendor);

        Assert.Null(result.Error);
        using var schema = JsonDocument.Parse(hub.Action(Case.Type).Manifest.OutputSchema);
        Assert.Empty(OutputSchema.Errors(schema.RootElement, result.Output));
    }

    [Fact]
    public async Task Run_Good_SendsWhatTheVendorTakes()
    {
        await using var vendor = await StandIn.StartAsync(Case.Succeed);
        using var hub = Hub(vendor);

        await RunAsync(hub, vendor);

        Case.Check(vendor.Single);
    }

    [Fact]
    public async Task Run_Any_SendsIdempotencyKeyAndUserAgent()
    {
        await using var vendor = await StandIn.StartAsync(Case.Succeed);
        using var hub = Hub(vendor);

        await RunAsync(hub, vendor);
        await RunAsync(hub, vendor);

        Assert.Equal([Key, Key], vendor.Requests.Select(r => r.Header("Idempotency-Key")));
        Assert.StartsWith("FlowPilot/", vendor.Requests[0].Header("User-Agent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Throttled_RetryableAfterWhatWasAsked()
    {
        await using var vendor = await StandIn.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "17";
            return Task.CompletedTask;
        });
        using var hub = Hub(vendor);

        var error = (await RunAsync(hub, vendor)).Error;

        Assert.Equal((Case.ThrottledCode, true, 429), (error?.Code, error?.Retryable, error?.HttpStatus));
        Assert.Equal(TimeSpan.FromSeconds(17), error!.RetryAfter);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    public async Task Run_ErrorStatus_Classified(int status, bool retryable)
    {
        await using var vendor = await StandIn.AnsweringAsync("<html>sorry</html>", status, "text/html");
        using var hub = Hub(vendor);

        var error = (await RunAsync(hub, vendor)).Error;

        Assert.Equal(("http_status", retryable, status), (error?.Code, error?.Retryable, error?.HttpStatus));
        Assert.Equal("<html>sorry</html>", error!.Response?.GetString());
    }

    [Fact]
    public async Task Run_VendorEchoesEverything_ErrorHoldsNoSecret()
    {
        await using var vendor = await StandIn.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            context.Response.ContentType = "application/json";
            var echo = context.Request.Headers.Select(h => h.Value.ToString()).Concat(Case.Credential.Values);
            return context.Response.WriteAsync(
                JsonSerializer.Serialize(
                    new
                    {
                        ok = false,
                        error = "invalid_auth",
                        echo,
                    }
                )
            );
        });
        using var hub = Hub(vendor);

        var error = JsonSerializer.Serialize((await RunAsync(hub, vendor)).Error);

        Assert.All(SecretValues(hub), secret => Assert.DoesNotContain(secret, error, StringComparison.Ordinal));
        Assert.Contains("***", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LongErrorAnswer_Shortened()
    {
        await using var vendor = await StandIn.AnsweringAsync(new string('ä', 100_000), 500, "text/plain");
        using var hub = Hub(vendor);

        var response = (await RunAsync(hub, vendor)).Error!.Response!.Value.GetString()!;

        Assert.InRange(Encoding.UTF8.GetByteCount(response), 16_000, 16 * 1024);
    }

    [Fact]
    public async Task Run_VendorSilent_TimesOutRetryable()
    {
        await using var vendor = await StandIn.StartAsync(SilentAsync);
        using var hub = Hub(vendor, ("Hub:Outbound:RequestTimeout", "00:00:00.200"));

        var error = (await RunAsync(hub, vendor)).Error;

        Assert.Equal(("timeout", true), (error?.Code, error?.Retryable));
    }

    [Fact]
    public async Task Run_CallerCancels_Throws()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var vendor = await StandIn.StartAsync(async context =>
        {
            await cancellation.CancelAsync();
            await SilentAsync(context);
        });
        using var hub = Hub(vendor);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(hub, vendor, cancellation.Token));
    }

    [Fact]
    public async Task Run_AddressNotAllowed_RefusedUncalled()
    {
        await using var vendor = await StandIn.StartAsync(Case.Succeed);
        using var hub = Hub(vendor, ("Hub:Outbound:AllowedNetworks:0", "192.0.2.0/24"));

        var error = (await RunAsync(hub, vendor)).Error;

        Assert.Equal(("address_refused", false), (error?.Code, error?.Retryable));
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public void ErrorOf_WithoutRequiredInput_NamesAll()
    {
        using var hub = new TestHub();
        var action = hub.Action(Case.Type);

        var error = action.ErrorOf(new(TestHub.Json("""{ "no_such_input": 1 }"""), Case.Credential, Key));

        Assert.Equal(("invalid_input", false), (error?.Code, error?.Retryable));
        Assert.All(action.Manifest.Inputs.Where(i => i.Required).Select(i => i.Name).Append("no_such_input"), name =>
            Assert.Contains($"/{name}:", error!.Message, StringComparison.Ordinal)
        );
    }

    private static Task SilentAsync(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);

    private TestHub Hub(StandIn vendor, params (string Key, string Value)[] more) => new([.. Case.Settings(vendor.Url), .. more]);

    private Task<ActionResult> RunAsync(TestHub hub, StandIn vendor, CancellationToken? token = null) =>
        hub.RunAsync(
            Case.Type,
            new ActionContext(Case.Input(vendor.Url), Case.Credential, Key) { HostIsWrittenOut = true },
            token ?? TestContext.Current.CancellationToken
        );

    private IEnumerable<string> SecretValues(TestHub hub)
    {
        Assert.True(hub.Get<ConnectorRegistry>().TryFindConnector(Case.Type, out var connector));
        return Case.Credential.Where(p => connector.Manifest.CredentialFields.Single(f => f.Name == p.Key).Secret).Select(p => p.Value);
    }
}
