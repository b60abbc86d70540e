using System.Text;
using Hub.Storage.Embedded;
using Hub.TestSupport;
using Npgsql;

namespace Hub.Storage.Tests.Embedded;

/// <summary>Whoever listens where the hub's own server should learns neither the password nor anything else.</summary>
public sealed class PortSquatterTests
{
    private const string Secret = "the-password-of-the-embedded-server";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("the password in clear")]
    [InlineData("nothing")]
    public async Task LogIn_AtASquatterThatAsksFor_IsGivenUp(string asksFor)
    {
        await using var squatter = asksFor == "nothing" ? ScriptedPostgres.LettingIn() : ScriptedPostgres.AskingForClearPassword();

        Assert.False(await ClusterConnection.AnswersAsync(squatter.Port, Secret, Cancel));
        await using var connection = new NpgsqlConnection(ClusterConnection.StringFor(squatter.Port, Secret));
        var refused = await Assert.ThrowsAsync<NpgsqlException>(() => connection.OpenAsync(Cancel));

        Assert.Contains("authentication method", refused.Message, StringComparison.Ordinal);
        var reply = Encoding.ASCII.GetString(await squatter.Reply.WaitAsync(TimeSpan.FromSeconds(10), Cancel));
        Assert.DoesNotContain(Secret, reply, StringComparison.Ordinal);
    }
}
