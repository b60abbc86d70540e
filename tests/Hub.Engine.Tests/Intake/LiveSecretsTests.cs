using Hub.Engine.Intake;

namespace Hub.Engine.Tests.Intake;

public sealed class LiveSecretsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Secrets_InOrder_NewestFirstAndExpiringLast()
    {
        var secrets = Some(out var ids);
        Assert.Equal(["new", "old", "tomorrow", "soon"], secrets.At(Now));
        Assert.Equal(ids["tomorrow"], secrets.IdOf(2));
    }

    [Fact]
    public void Secrets_Expired_AreNotAcceptedAndLeaveTheOthersInPlace()
    {
        var secrets = Some(out var ids);
        Assert.Equal(["new", "old", "tomorrow"], secrets.At(Now.AddMinutes(1)));
        Assert.Equal(["new", "old"], secrets.At(Now.AddDays(2)));
        Assert.Equal(ids["old"], secrets.IdOf(1));
        Assert.Empty(LiveSecrets.None.At(Now));
    }

    [Fact]
    public void Secret_Unreadable_IsKnownAsLongAsItWouldBeAccepted()
    {
        var readable = new LiveSecret(Guid.CreateVersion7(), "readable", Now, null);
        var secrets = new LiveSecrets([
            readable,
            new(Guid.CreateVersion7(), null, Now, Now.AddHours(1)),
            new(Guid.CreateVersion7(), null, Now.AddDays(1), Now.AddMinutes(1)),
        ]);
        Assert.Equal(["readable"], secrets.At(Now));
        Assert.Equal(readable.Id, secrets.IdOf(0));
        Assert.True(secrets.HasUnreadableAt(Now.AddMinutes(59)));
        Assert.False(secrets.HasUnreadableAt(Now.AddHours(1)));
        Assert.False(new LiveSecrets([readable]).HasUnreadableAt(Now));
    }

    [Fact]
    public void Secret_Printed_DoesNotTellItself() =>
        Assert.DoesNotContain("hidden", new LiveSecret(Guid.Empty, "hidden", Now, null).ToString(), StringComparison.Ordinal);

    private static LiveSecrets Some(out Dictionary<string, Guid> ids)
    {
        LiveSecret[] secrets =
        [
            new(Guid.CreateVersion7(), "soon", Now.AddDays(-9), Now.AddMinutes(1)),
            new(Guid.CreateVersion7(), "old", Now.AddDays(-2), null),
            new(Guid.CreateVersion7(), "tomorrow", Now.AddDays(-9), Now.AddDays(1)),
            new(Guid.CreateVersion7(), "new", Now.AddDays(-1), null),
        ];
        ids = secrets.ToDictionary(secret => secret.Text!, secret => secret.Id);
        return new LiveSecrets(secrets);
    }
}
