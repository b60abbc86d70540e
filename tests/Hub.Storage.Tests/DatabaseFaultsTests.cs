using System.Text.RegularExpressions;
using Npgsql;

namespace Hub.Storage.Tests;

public sealed class DatabaseFaultsTests
{
    [Theory]
    [InlineData("08006")]
    [InlineData("25006")]
    [InlineData("28P01")]
    [InlineData("3D000")]
    [InlineData("40001")]
    [InlineData("53300")]
    [InlineData("55000")]
    [InlineData("57014")]
    [InlineData("57P01")]
    [InlineData("58030")]
    public void IsAway_ServerSpeaksOfItself_IsTrueAlsoWhenWrapped(string state) =>
        Assert.True(DatabaseFaults.IsAway(new InvalidOperationException("wrapped", Said(state))));

    [Theory]
    [InlineData("42601")]
    [InlineData("42703")]
    [InlineData("42P01")]
    [InlineData("42501")]
    [InlineData("22P02")]
    [InlineData("23505")]
    [InlineData("XX000")]
    public void IsAway_ServerSpeaksOfTheStatement_IsFalse(string state) =>
        Assert.False(DatabaseFaults.IsAway(new InvalidOperationException("wrapped", Said(state))));

    [Fact]
    public void IsAway_ByTheKindOfTheFault_TellsALostConnectionFromABug()
    {
        Assert.True(DatabaseFaults.IsAway(new NpgsqlException("lost", new IOException())));
        Assert.True(DatabaseFaults.IsAway(new NpgsqlException("slow", new TimeoutException())));
        Assert.True(DatabaseFaults.IsAway(new TimeoutException()));
        Assert.False(DatabaseFaults.IsAway(new InvalidOperationException()));
    }

    [Fact]
    public void IsAway_OtherWorkFails_IsFalse()
    {
        Assert.False(DatabaseFaults.IsAway(new RegexMatchTimeoutException("text", "pattern", TimeSpan.FromSeconds(2))));
        Assert.False(DatabaseFaults.IsAway(new InvalidOperationException("wrapped", new RegexMatchTimeoutException())));
        Assert.False(DatabaseFaults.IsAway(new IOException("a file, or the line of a request")));
        Assert.False(DatabaseFaults.IsAway(new HttpRequestException("a call", new IOException())));
    }

    private static PostgresException Said(string state) => new("said", "ERROR", "ERROR", state);
}
