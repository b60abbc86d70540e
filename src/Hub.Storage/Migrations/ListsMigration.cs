using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

[DbContext(typeof(HubDbContext))]
[Migration("0011_lists")]
internal sealed class ListsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.BesideWriters("Migrations/0011_lists.sql");
}
