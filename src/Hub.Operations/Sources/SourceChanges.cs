using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Notifications;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Sources;

/// <summary>How every change of a Source begins and ends.</summary>
public sealed class SourceChanges(SourceDirectory directory, HubChannel channel)
{
    /// <summary>Two changes of one Source come one after the other.</summary>
    public static Task<Source?> LockAsync(HubDbContext context, Guid id, CancellationToken cancellationToken) =>
        context.Sources.FromSql($"SELECT * FROM hub.sources WHERE id = {id} FOR UPDATE").AsTracking().FirstOrDefaultAsync(cancellationToken);

    /// <summary>What was changed is known to every node from here on.</summary>
    public async Task AnnounceAsync(Guid id)
    {
        directory.Invalidate();
        await channel.NotifyAsync(HubNotice.SourceChanged, id, CancellationToken.None);
    }
}
