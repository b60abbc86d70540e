using System.Text;
using Hub.Storage.Credentials;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Storage.Tests.Credentials;

/// <summary>A database whose secrets were encrypted before they were bound to places.</summary>
public sealed class SecretBindingTests(StorageFixture storage) : StorageTest(storage), IAsyncLifetime
{
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly Guid _source = Guid.CreateVersion7();

    private SecretVault Vault => new(_keys);

    public async ValueTask InitializeAsync()
    {
        await Storage.ExecuteAsync("TRUNCATE hub.settings, hub.source_secrets, hub.source_handshakes, hub.quarantine, hub.credentials");
        await Storage.ExecuteAsync("INSERT INTO hub.sources (id, name, scheme, body_limit, created_at) VALUES ($1, $1::text, 'github', 1, now())", _source);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Start_OfTwoNodesAtOnce_BindsEverySecretToItsPlaceOnce()
    {
        var secret = await AddAsync("source_secrets", "protected, created_at", Old("the secret"));
        var handshake = await AddAsync("source_handshakes", "protected, received_at, name", Old("handed over"), ", 'x'");
        var credential = Guid.CreateVersion7();
        await Storage.ExecuteAsync(
            "INSERT INTO hub.credentials (id, name, connector, protected_fields, created_at, updated_at) VALUES ($1, 'a/b', 'http', $2, now(), now())",
            credential,
            Old("fields")
        );
        var aside = await AddQuarantinedAsync(Old("headers"));
        var bare = await AddQuarantinedAsync(null);
        await Storage.ExecuteAsync("INSERT INTO hub.settings (key, value) VALUES ('key_ring_check', $1)", Convert.ToBase64String(Old("readable")));
        var fresh = await AddAsync("source_secrets", "protected, created_at", []);
        await Storage.ExecuteAsync(
            "UPDATE hub.source_secrets SET protected = $2 WHERE id = $1",
            fresh,
            Vault.Protect(SecretPlace.SourceSecret(fresh, _source), "new already"u8.ToArray())
        );

        await Task.WhenAll(BindAsync(), BindAsync(), BindAsync());

        Assert.Equal("the secret", await RevealAsync("source_secrets", "protected", secret, SecretPlace.SourceSecret(secret, _source)));
        Assert.Equal("new already", await RevealAsync("source_secrets", "protected", fresh, SecretPlace.SourceSecret(fresh, _source)));
        Assert.Equal("handed over", await RevealAsync("source_handshakes", "protected", handshake, SecretPlace.Handshake(handshake, _source)));
        Assert.Equal("fields", await RevealAsync("credentials", "protected_fields", credential, SecretPlace.Credential(credential, "http", "a/b")));
        Assert.Equal("headers", await RevealAsync("quarantine", "protected_headers", aside, SecretPlace.QuarantinedHeaders(aside, _source)));
        Assert.Equal(true, await Storage.AskAsync("SELECT protected_headers IS NULL FROM hub.quarantine WHERE id = $1", bare));
        var check = Convert.FromBase64String((string)(await Storage.AskAsync("SELECT value FROM hub.settings WHERE key = 'key_ring_check'"))!);
        Assert.True(Vault.TryReveal(SecretPlace.KeyRingCheck, check, out _));
    }

    [Fact]
    public async Task Start_WithALostKey_LeavesTheRestForAStartWithIt()
    {
        var lost = new EphemeralDataProtectionProvider();
        var secret = await AddAsync("source_secrets", "protected, created_at", Old("the secret"));
        var other = await AddAsync("source_secrets", "protected, created_at", Old("the other", lost));
        await BindAsync();
        Assert.Equal("the secret", await RevealAsync("source_secrets", "protected", secret, SecretPlace.SourceSecret(secret, _source)));
        Assert.Null(await RevealAsync("source_secrets", "protected", other, SecretPlace.SourceSecret(other, _source)));

        await new SecretBinding(Storage.Database, new SecretVault(lost), TimeProvider.System, NullLogger<SecretBinding>.Instance).StartAsync(Cancel);
        var kept = (byte[])(await Storage.AskAsync("SELECT protected FROM hub.source_secrets WHERE id = $1", other))!;
        Assert.True(new SecretVault(lost).TryReveal(SecretPlace.SourceSecret(other, _source), kept, out var found));
        Assert.Equal("the other"u8.ToArray(), found);
    }

    [Fact]
    public async Task Start_AfterAllAreBound_TakesNoOldCiphertext()
    {
        await BindAsync();
        var put = await AddAsync("source_handshakes", "protected, received_at, name", Old("from an old backup"), ", 'x'");
        await BindAsync();
        Assert.Null(await RevealAsync("source_handshakes", "protected", put, SecretPlace.Handshake(put, _source)));
    }

    [Fact]
    public async Task Start_ListOfSecrets_IsDividedInItsOrder()
    {
        byte[] list = [1, .. Old("""["newest","oldest"]""")];
        await AddAsync("source_secrets", "protected, created_at", list);
        await Task.WhenAll(BindAsync(), BindAsync());
        var ids = (Guid[])(await Storage.AskAsync("SELECT array_agg(id ORDER BY created_at DESC) FROM hub.source_secrets WHERE source_id = $1", _source))!;
        Assert.Equal(2, ids.Length);
        Assert.Equal("newest", await RevealAsync("source_secrets", "protected", ids[0], SecretPlace.SourceSecret(ids[0], _source)));
        Assert.Equal("oldest", await RevealAsync("source_secrets", "protected", ids[1], SecretPlace.SourceSecret(ids[1], _source)));
    }

    [Fact]
    public async Task Start_ManySecrets_AreBoundPageByPage()
    {
        await Storage.ExecuteAsync(
            """
            INSERT INTO hub.quarantine (id, source_id, received_at, method, url, query, headers, protected_headers, verdict, reason, size, body)
            SELECT gen_random_uuid(), $1, now(), 'POST', '', '', '{}', $2, 'missing', '', 0, '' FROM generate_series(1, 1200)
            """,
            _source,
            Old("headers")
        );
        await BindAsync();
        Assert.Equal(0L, await Storage.AskAsync("SELECT count(*) FROM hub.quarantine WHERE substring(protected_headers FROM 1 FOR 1) <> '\\x02'"));
    }

    private Task BindAsync() => new SecretBinding(Storage.Database, Vault, TimeProvider.System, NullLogger<SecretBinding>.Instance).StartAsync(Cancel);

    private byte[] Old(string secret, IDataProtectionProvider? keys = null) =>
        (keys ?? _keys).CreateProtector("FlowPilot.Secrets.v1").Protect(Encoding.UTF8.GetBytes(secret));

    private async Task<Guid> AddAsync(string table, string columns, byte[] secret, string more = "")
    {
        var id = Guid.CreateVersion7();
        await Storage.ExecuteAsync($"INSERT INTO hub.{table} (id, source_id, {columns}) VALUES ($1, $2, $3, now(){more})", id, _source, secret);
        return id;
    }

    private async Task<Guid> AddQuarantinedAsync(byte[]? headers)
    {
        var id = Guid.CreateVersion7();
        await Storage.ExecuteAsync(
            """
            INSERT INTO hub.quarantine (id, source_id, received_at, method, url, query, headers, protected_headers, verdict, reason, size, body)
            VALUES ($1, $2, now(), 'POST', '', '', '{}', nullif($3, ''::bytea), 'missing', '', 0, '')
            """,
            id,
            _source,
            headers ?? []
        );
        return id;
    }

    private async Task<string?> RevealAsync(string table, string column, Guid id, SecretPlace place)
    {
        var kept = (byte[])(await Storage.AskAsync($"SELECT {column} FROM hub.{table} WHERE id = $1", id))!;
        return Vault.TryReveal(place, kept, out var secret) ? Encoding.UTF8.GetString(secret) : null;
    }
}
