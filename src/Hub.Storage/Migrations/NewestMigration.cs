using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

[DbContext(typeof(HubDbContext))]
[Migration("0009_newest")]
internal sealed class NewestMigration : Migration
{
    /// <summary>Statement by statement, outside of a transaction: that is what building beside writers asks for.</summary>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var statement in SqlText.Load("Migrations/0009_newest.sql").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            migrationBuilder.Sql(statement, suppressTransaction: true);
        }
    }
}
