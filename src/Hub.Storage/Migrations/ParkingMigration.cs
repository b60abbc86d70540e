using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

[DbContext(typeof(HubDbContext))]
[Migration("0006_parking")]
internal sealed class ParkingMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlText.Load("Migrations/0006_parking.sql"));
}
