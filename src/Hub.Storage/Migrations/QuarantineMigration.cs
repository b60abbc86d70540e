using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

[DbContext(typeof(HubDbContext))]
[Migration("0005_quarantine")]
internal sealed class QuarantineMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlText.Load("Migrations/0005_quarantine.sql"));
}
