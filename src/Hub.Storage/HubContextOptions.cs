using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Hub.Storage;

/// <summary>How contexts are set up, for a pool of connections or for one connection.</summary>
internal static class HubContextOptions
{
    public const string HistoryTable = "migrations";

    public static DbContextOptions<HubDbContext> For(NpgsqlDataSource server) =>
        Complete(new DbContextOptionsBuilder<HubDbContext>().UseNpgsql(server, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, HubDbContext.Schema)));

    public static DbContextOptions<HubDbContext> For(NpgsqlConnection connection) =>
        Complete(new DbContextOptionsBuilder<HubDbContext>().UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, HubDbContext.Schema)));

    private static DbContextOptions<HubDbContext> Complete(DbContextOptionsBuilder<HubDbContext> builder) =>
        builder
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .Options;
}
