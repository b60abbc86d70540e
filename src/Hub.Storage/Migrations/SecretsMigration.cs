using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hub.Storage.Migrations;

[DbContext(typeof(HubDbContext))]
[Migration("0008_secrets")]
internal sealed class SecretsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SqlText.Load("Migrations/0008_secrets.sql"));
}
