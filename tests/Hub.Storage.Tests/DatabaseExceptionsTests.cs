using System.Text.RegularExpressions;
using Npgsql;

namespace Hub.Storage.Tests;

public sealed class DatabaseExceptionsTests
{
    /// <summary>Every class of SQLSTATE that PostgreSQL has: the server itself, a value, or the statement.</summary>
    [Theory]
    [InlineData("server", "08006", "28P01", "28000", "3D000", "40001", "40003", "40P01", "53000", "53100", "53200", "53300", "53400")]
    [InlineData("server", "25006", "25P03", "25P04", "55000", "55006", "55P03", "57014", "57P01", "57P03", "57P05", "58000", "58030", "58P01")]
    [InlineData("server", "72000", "F0000", "F0001", "XX000", "XX001", "XX002")]
    [InlineData("value", "22001", "22021", "22P02", "23502", "23505", "23514", "54000", "54023")]
    [InlineData(
        "statement",
        "03000",
        "09000",
        "0A000",
        "0B000",
        "0F000",
        "0L000",
        "0P000",
        "0Z000",
        "20000",
        "21000",
        "24000",
        "25000",
        "25P02",
        "26000",
        "27000"
    )]
    [InlineData(
        "statement",
        "2B000",
        "2D000",
        "2F000",
        "34000",
        "38000",
        "39000",
        "3B000",
        "3F000",
        "42501",
        "42601",
        "42703",
        "42P01",
        "44000",
        "HV000",
        "P0001"
    )]
    public void SqlState_OfEveryClass_IsOfTheServerAValueOrTheStatement(string about, params string[] states) => Assert.All(states, state =>
        {
            var said = new PostgresException("said", "ERROR", "ERROR", state);
            var wrapped = new InvalidOperationException("wrapped", said);
            Assert.Equal(about == "server", DatabaseExceptions.IsAway(said));
            Assert.Equal(about == "server", DatabaseExceptions.IsAway(wrapped));
            Assert.Equal(about == "value", DatabaseExceptions.IsOfTheEntry(said));
            Assert.Equal(about != "value", DatabaseExceptions.MaySucceedLater(said));
            Assert.Equal(about != "value", DatabaseExceptions.MaySucceedLater(wrapped));
        });

    [Fact]
    public void IsAway_OfTheDatabaseWithoutAWord_IsTrue() =>
        Assert.All(
            [
                new NpgsqlException("lost", new IOException()),
                new TimeoutException(),
                new OperationCanceledException("by its token", new NpgsqlException("lost")),
            ],
            (Exception exception) => Assert.True(DatabaseExceptions.IsAway(exception))
        );

    /// <summary>A sender's connection, a called service, a file, a pattern that takes too long: none of them is the database.</summary>
    [Fact]
    public void IsAway_OfSomethingElse_IsFalse() =>
        Assert.All(
            [
                new IOException("reset"),
                new IOException("cut off", new TimeoutException()),
                new InvalidOperationException("wrapped", new IOException("reset")),
                new OperationCanceledException("a call", new TimeoutException()),
                new RegexMatchTimeoutException(),
                new InvalidOperationException("wrapped", new RegexMatchTimeoutException()),
                new HttpRequestException("a call", new IOException()),
                new FileNotFoundException("a key"),
                new InvalidOperationException(),
            ],
            (Exception exception) =>
            {
                Assert.False(DatabaseExceptions.IsAway(exception));
                Assert.False(DatabaseExceptions.MaySucceedLater(exception));
            }
        );
}
