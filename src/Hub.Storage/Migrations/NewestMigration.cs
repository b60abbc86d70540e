using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

[DbContext(typeof(HubDbContext))]
[Migration("0009_newest")]
internal sealed class NewestMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.BesideWriters("Migrations/0009_newest.sql");
}
