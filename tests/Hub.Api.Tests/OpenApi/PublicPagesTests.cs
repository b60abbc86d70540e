using Hub.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Tests.OpenApi;

public sealed class PublicPagesTests
{
    private const int AtOnce = 32;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_ManyAtOnce_OnlySoManyAreGivenOutAndOthersAgainLater()
    {
        var begun = new SemaphoreSlim(0);
        var end = new TaskCompletionSource();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UsePublicPages();
        app.MapGet("/docs/page", async () =>
        {
            begun.Release();
            await end.Task;
            return "page";
        });
        app.MapGet("/elsewhere", () => "page");
        await app.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var given = Enumerable.Range(0, AtOnce).Select(_ => client.GetStringAsync(new Uri("/docs/page", UriKind.Relative), Cancel)).ToList();
        for (var i = 0; i < AtOnce; i++)
        {
            await begun.WaitAsync(Cancel);
        }

        using (var refused = await client.GetAsync(new Uri("/docs/page", UriKind.Relative), Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Equal("page", await client.GetStringAsync(new Uri("/elsewhere", UriKind.Relative), Cancel));
        end.SetResult();
        Assert.All(await Task.WhenAll(given), static page => Assert.Equal("page", page));

        // A place is free once the answer has left, which its reader may see a moment earlier.
        while (true)
        {
            using var again = await client.GetAsync(new Uri("/docs/page", UriKind.Relative), Cancel);
            if (again.IsSuccessStatusCode)
            {
                break;
            }
        }
    }
}
