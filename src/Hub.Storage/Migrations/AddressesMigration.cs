using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

[DbContext(typeof(HubDbContext))]
[Migration("0007_addresses")]
internal sealed class AddressesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlText.Load("Migrations/0007_addresses.sql"));
}
