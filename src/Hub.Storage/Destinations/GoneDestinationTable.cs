using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hub.Storage.Destinations;

/// <summary>The destinations that steps call no more.</summary>
public sealed class GoneDestinationTable(HubDatabase database)
{
    private static readonly string SwitchOffSql = SqlText.Load("Destinations/Sql/switch_off.sql");

    public async Task<IReadOnlyList<GoneDestination>> AllAsync(CancellationToken cancellationToken)
    {
        await using var context = database.AcrossWorkspaces();
        return await context.GoneDestinations.ToListAsync(cancellationToken);
    }

    /// <returns>Whether it was still called until now.</returns>
    public async Task<bool> SwitchOffAsync(GoneDestination gone, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(SwitchOffSql);
        foreach (var value in (object[])[gone.WorkflowId, gone.StepId, gone.AddressHash, gone.Place, gone.ExecutionId])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Has a step's destinations called again; how many.</summary>
    public async Task<int> SwitchOnAsync(Guid workflow, string step, CancellationToken cancellationToken)
    {
        await using var context = database.AcrossWorkspaces();
        return await context.GoneDestinations.Where(gone => gone.WorkflowId == workflow && gone.StepId == step).ExecuteDeleteAsync(cancellationToken);
    }
}
