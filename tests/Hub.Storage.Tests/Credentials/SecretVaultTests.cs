using Hub.Storage.Credentials;
using Microsoft.AspNetCore.DataProtection;

namespace Hub.Storage.Tests.Credentials;

public sealed class SecretVaultTests
{
    private static readonly Guid Row = new("01970000-0000-7000-8000-000000000001");
    private static readonly Guid Source = new("01970000-0000-7000-8000-000000000002");
    private static readonly byte[] Secret = "a secret"u8.ToArray();
    private readonly EphemeralDataProtectionProvider _keys = new();

    [Fact]
    public void Secret_AtItsPlace_IsRevealed()
    {
        var vault = new SecretVault(_keys);
        var kept = vault.Protect(SecretPlace.SourceSecret(Row, Source), Secret);
        Assert.True(new SecretVault(_keys).TryReveal(SecretPlace.SourceSecret(Row, Source), kept, out var secret));
        Assert.Equal(Secret, secret);
        Assert.False(new SecretVault(new EphemeralDataProtectionProvider()).TryReveal(SecretPlace.SourceSecret(Row, Source), kept, out _));
    }

    [Fact]
    public void Secret_AtAnyOtherPlace_IsNotRevealed()
    {
        SecretPlace[] places =
        [
            SecretPlace.SourceSecret(Row, Source),
            SecretPlace.SourceSecret(Source, Row),
            SecretPlace.SourceSecret(Row, Row),
            SecretPlace.Handshake(Row, Source),
            SecretPlace.QuarantinedHeaders(Row, Source),
            SecretPlace.KeyRingCheck,
            SecretPlace.Credential(Row, "http", "team"),
            SecretPlace.Credential(Row, "slack", "team"),
            SecretPlace.Credential(Row, "http", "teams"),
            SecretPlace.Credential(Source, "http", "team"),
            SecretPlace.Credential(Row, "http", "a/team"),
        ];
        Assert.Equal(places.Length, places.DistinctBy(place => place.Text).Count());
        var vault = new SecretVault(_keys);
        foreach (var place in places)
        {
            var kept = vault.Protect(place, Secret);
            Assert.Equal([place], places.Where(other => vault.TryReveal(other, kept, out _)));
        }
    }

    [Fact]
    public void Secret_Changed_IsNotRevealed()
    {
        var vault = new SecretVault(_keys);
        var kept = vault.Protect(SecretPlace.KeyRingCheck, Secret);
        for (var i = 0; i < kept.Length; i++)
        {
            var changed = (byte[])kept.Clone();
            changed[i] ^= 1;
            Assert.False(vault.TryReveal(SecretPlace.KeyRingCheck, changed, out _), $"byte {i}");
        }

        Assert.All<byte[]>(
            [
                [],
                [2],
                [9],
                kept[..^1],
                kept[1..],
            ],
            other => Assert.False(vault.TryReveal(SecretPlace.KeyRingCheck, other, out _))
        );
    }
}
