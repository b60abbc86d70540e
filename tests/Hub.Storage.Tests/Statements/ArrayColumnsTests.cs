using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Statements;
using Npgsql;

namespace Hub.Storage.Tests.Statements;

public sealed class ArrayColumnsTests
{
    private static readonly ArrayColumns<(int Id, string? Text)> Columns = new ArrayColumns<(int Id, string? Text)>("e")
        .AddKey("id", row => row.Id)
        .AddJson("text", row => row.Text)
        .Add("size", row => row.Text?.Length)
        .AddRead("leased", row => row.Id > 1);

    [Theory]
    [InlineData("{e.rows}", "unnest($3::int[], $4::text[], $5::int[], $6::boolean[]) AS e (id, text, size, leased)")]
    [InlineData("({e.columns}, wake_at)", "(id, text, size, wake_at)")]
    [InlineData("SELECT {e.values}", "SELECT e.id, e.text::json, e.size")]
    [InlineData("SET {e.updates}", "SET text = excluded.text, size = excluded.size")]
    [InlineData("{f.rows}", "{f.rows}")]
    public void Fill_NameInText_IsMadeFromTheColumns(string text, string filled) => Assert.Equal(filled, Columns.Fill(text, 3));

    [Fact]
    public void AddTo_Rows_GivesAnArrayForEachColumnInOrder()
    {
        using var command = new NpgsqlCommand();
        Columns.AddTo(command.Parameters, [(1, null), (2, "ab")]);
        Assert.Equal(
            [new int[] { 1, 2 }, new string?[] { null, "ab" }, new int?[] { null, 2 }, new[] { false, true }],
            command.Parameters.Select(parameter => parameter.Value)
        );
    }

    [Fact]
    public void Statements_TakingRows_HaveANumberForEverything()
    {
        Statement[] all =
        [
            InboxStatements.Keep,
            InboxStatements.KeepFirst,
            InboxStatements.KeepFirstSigned,
            InboxStatements.Start,
            InboxStatements.StartOnce,
            InboxStatements.StartChildren,
            InboxStatements.FindStarted,
            JournalStatements.Record,
        ];
        Assert.All(all, statement => Assert.DoesNotContain('{', statement.Text));
    }
}
