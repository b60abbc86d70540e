using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

internal static class SeparateStatements
{
    /// <summary>
    /// Statement by statement, outside of a transaction: that is what building an index beside writers asks for. Each can be made again after a start that
    /// was cut off between two of them.
    /// </summary>
    public static void BesideWriters(this MigrationBuilder migrationBuilder, string file)
    {
        foreach (var statement in SqlText.Load(file).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            migrationBuilder.Sql(statement, suppressTransaction: true);
        }
    }
}
