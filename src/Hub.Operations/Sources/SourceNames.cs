using Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Sources;

/// <summary>What Sources are called, also those that were deleted.</summary>
internal static class SourceNames
{
    public static async Task<IReadOnlyDictionary<Guid, string>> OfAsync(HubDbContext context, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct().ToArray();
        return asked.Length == 0
            ? new Dictionary<Guid, string>()
            : await context
                .Sources.IgnoreQueryFilters()
                .Where(source => asked.Contains(source.Id))
                .ToDictionaryAsync(source => source.Id, source => source.Name, cancellationToken);
    }

    /// <summary>The Sources that a list is asked for, by id or by name: all that bear the name, or bore it when they were deleted; null for any.</summary>
    public static async Task<(IReadOnlyList<Guid>? Sources, OperationError? Error)> MeantAsync(
        HubDbContext context,
        string? idOrName,
        CancellationToken cancellationToken
    )
    {
        if (idOrName is null)
        {
            return (null, null);
        }

        if (Guid.TryParse(idOrName, out var id))
        {
            return ([id], null);
        }

        var named = idOrName.Contains('\0', StringComparison.Ordinal)
            ? []
            : await context.Sources.IgnoreQueryFilters().Where(source => source.Name == idOrName).Select(source => source.Id).ToListAsync(cancellationToken);
        return named.Count > 0
            ? (named, null)
            : (
                null,
                OperationError.OfParameter(
                    "source_unknown",
                    "source",
                    $"There is no Source named '{idOrName}', and there was none. GET /api/v1/sources lists them."
                )
            );
    }
}
