using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

[DbContext(typeof(HubDbContext))]
[Migration("0004_plans")]
internal sealed class PlansMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlText.Load("Migrations/0004_plans.sql"));
}
