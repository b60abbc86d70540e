using System.Security.Cryptography;
using Hub.Engine.Credentials;
using Hub.Engine.Intake;

namespace Hub.Api.Tests.Credentials;

/// <summary>Somebody who can write to the database moves ciphertexts about.</summary>
public sealed class MovedSecretTests(HubFixture fixture) : HubTest(fixture)
{
    private const string One = "the-secret-of-the-first-source";
    private const string Other = "the-secret-of-the-other-source";
    private const string Token = "xoxb-a-token-that-nobody-gets-42";
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task SourceSecrets_Swapped_ProveNothing()
    {
        var (one, other) = (await SourceAsync(One), await SourceAsync(Other));
        await Hub.AskAsync(
            """
            UPDATE hub.source_secrets AS secret SET protected = swapped.protected FROM hub.source_secrets AS swapped
            WHERE secret.source_id = ANY ($1) AND swapped.source_id = ANY ($1) AND secret.id <> swapped.id
            """,
            (Guid[])[one.Id, other.Id]
        );
        Hub.Get<SourceDirectory>().Invalidate();
        await RefusedAsync(one, Other);
        await RefusedAsync(other, One);
        await RefusedAsync(one, One);
    }

    [Fact]
    public async Task SourceSecret_GivenToAnotherSource_ProvesNothingThere()
    {
        var (one, other) = (await SourceAsync(One), await SourceAsync(Other));
        await Hub.AskAsync("UPDATE hub.source_secrets SET source_id = $2 WHERE source_id = $1", other.Id, one.Id);
        Hub.Get<SourceDirectory>().Invalidate();
        await RefusedAsync(one, Other);
        await Hub.DeliverAsync(one, Body, "", ("X-Hub-Signature-256", Sign(One)));
    }

    [Fact]
    public async Task Credential_CopiedToAHandshake_IsNotShown()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"notion"}""");
        await AddCredentialAsync("copied", "slack", $$"""{"token":"{{Token}}"}""");
        foreach (var id in (string[])["id", "$1"])
        {
            await Hub.AskAsync(
                $"""
                INSERT INTO hub.source_handshakes (id, source_id, name, protected, received_at)
                SELECT {id}, $1, 'x', protected_fields, now() FROM hub.credentials WHERE name = 'copied'
                """,
                source.Id
            );
        }

        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes");
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null], shown.EnumerateArray().Select(row => row.GetProperty("secret").ValueKind));
        Assert.DoesNotContain(Token, shown.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("renamed", "UPDATE hub.credentials SET name = 'renamed-2' WHERE name = 'renamed'", "renamed-2", "http")]
    [InlineData("reconnected", "UPDATE hub.credentials SET connector = 'slack' WHERE name = 'reconnected'", "reconnected", "slack")]
    [InlineData(
        "copied-over",
        "UPDATE hub.credentials c SET protected_fields = o.protected_fields FROM hub.credentials o WHERE c.name = 'copied-over' AND o.name = 'team'",
        "copied-over",
        "http"
    )]
    public async Task Credential_Moved_IsUnreadable(string name, string change, string thenName, string thenConnector)
    {
        await Hub.AskAsync("DELETE FROM hub.credentials WHERE name = 'team'");
        await AddCredentialAsync("team", "http", $$"""{"token":"{{Token}}"}""");
        await AddCredentialAsync(name, "http", $$"""{"token":"{{Token}}"}""");
        await Hub.AskAsync(change);
        Hub.Get<CredentialStore>().Invalidate();
        var found = await Hub.Get<CredentialStore>().FindAsync(thenName, thenConnector + ".request", Cancel);
        Assert.False(found.IsFound);
        var listed = (await Hub.SendAsync(HttpMethod.Get, "/api/v1/credentials?limit=200"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(item => item.GetProperty("name").GetString() == thenName);
        Assert.True(listed.GetProperty("unreadable").GetBoolean());
    }

    [Fact]
    public async Task QuarantinedHeaders_OfAnotherRequest_AreNotReleased()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"gitlab-token","secrets":["yesterday's token"]}""");
        var (forged, good) = (await AsideAsync(source, "guessed"), await AsideAsync(source, "today's token"));
        await Hub.AskAsync(
            "UPDATE hub.quarantine q SET protected_headers = o.protected_headers FROM hub.quarantine o WHERE q.id = $1 AND o.id = $2",
            forged,
            good
        );
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", """{"secret":"today's token"}""");
        await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{forged}/release", null, 409, "unreadable");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{good}/release");
    }

    private Task<TestSource> SourceAsync(string secret) => Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{secret}}"]}""");

    private Task AddCredentialAsync(string name, string connector, string fields) =>
        Hub.SendAsync(HttpMethod.Post, "/api/v1/credentials", $$"""{"name":"{{name}}","connector":"{{connector}}","fields":{{fields}} }""");

    private async Task<Guid> AsideAsync(TestSource source, string token)
    {
        using var response = await Hub.PostAsync(source, Body, "", ("X-Gitlab-Token", token));
        return (await ReadAsync(response, 401)).GetProperty("deliveryId").GetGuid();
    }

    private async Task RefusedAsync(TestSource source, string secret)
    {
        using var response = await Hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", Sign(secret)));
        await ProblemAsync(response, 503, "secret_unreadable");
    }

    private static string Sign(string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body));
}
