using Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Sources;

/// <summary>What Sources are called, also those that were deleted.</summary>
internal sealed class SourceNames(HubDbContext database)
{
    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct().ToArray();
        return asked.Length == 0
            ? new Dictionary<Guid, string>()
            : await database
                .Sources.IgnoreQueryFilters()
                .Where(source => asked.Contains(source.Id))
                .ToDictionaryAsync(source => source.Id, source => source.Name, cancellationToken);
    }
}
