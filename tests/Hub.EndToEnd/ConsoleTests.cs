using System.Diagnostics;
using System.Net;

namespace Hub.EndToEnd;

/// <summary>A hub whose output nobody takes does its work all the same.</summary>
public sealed class ConsoleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exec \"$@\" > /dev/full 2>&1")]
    [InlineData("exec \"$@\"")]
    [InlineData("exec \"$@\" >&- 2>&-")]
    public async Task Output_ThatNobodyTakes_DoesNotStopTheHub(string script)
    {
        var database = await TestSupport.PostgresServer.CreateDatabaseAsync(Cancel);
        await using var hub = new HubProcess(
            ("ConnectionStrings__Hub", database),
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore", "Trace")
        );
        using var process = hub.StartUnheard(script);
        try
        {
            await UntilHealthyAsync(hub);

            // Each request is some kilobytes of log at this level, and a pipe holds 64.
            for (var i = 0; i < 60; i++)
            {
                using var answer = await hub.Api.GetAsync("/api/v1/sources", Cancel);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }
        finally
        {
            ProcessSignal.Interrupt(process.Id);
            await process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(40), Cancel);
        }

        Assert.Equal(0, process.ExitCode);
    }

    private static async Task UntilHealthyAsync(HubProcess hub)
    {
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60); )
        {
            try
            {
                using var health = await hub.Api.GetAsync("/health", Cancel);
                if (health.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, Cancel);
            }
        }

        Assert.Fail("the hub did not become healthy");
    }
}
