namespace Hub.Storage.Embedded;

/// <summary>
/// The file by which a hub knows its own data directory again: it says which file it is itself. In a copy, made by whatever means, that is no longer true.
/// The name of the machine does not matter, so a new container on the same volume is at home.
/// </summary>
internal sealed class HubHome(HubDataDirectory data)
{
    private const string Restored = "restored from a backup";

    /// <summary>
    /// Why this data directory is not the hub's own, as the rest of a sentence; null when it is, or nobody can tell. One without the file is made its home.
    /// </summary>
    public async Task<string?> WhyStrangeAsync(CancellationToken cancellationToken)
    {
        var said = await SaidAsync(cancellationToken);
        if (said.Length == 0)
        {
            await SettleAsync(cancellationToken);
            return null;
        }

        if (said == Restored)
        {
            return $"its data directory {data.Path} was restored from a backup";
        }

        return await FileIdentity.OfAsync(data.HomeFile, cancellationToken) is { } found && FileIdentity.Parse(said) is { } own && !own.IsSameFileAs(found)
            ? $"its data directory {data.Path} is a copy of another one"
            : null;
    }

    /// <summary>From now on this is the hub's own data directory.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(data.HomeFile))
        {
            await WriteAsync("", cancellationToken);
        }

        if (await FileIdentity.OfAsync(data.HomeFile, cancellationToken) is { } identity)
        {
            await WriteAsync(identity.ToString(), cancellationToken);
        }
    }

    /// <summary>Whether it was made from a backup, and no hub has been at home here since.</summary>
    public async Task<bool> IsRestoredAsync(CancellationToken cancellationToken) => await SaidAsync(cancellationToken) == Restored;

    /// <summary>The hub that starts here shall start paused.</summary>
    public Task MarkRestoredAsync(CancellationToken cancellationToken) => WriteAsync(Restored, cancellationToken);

    private async Task<string> SaidAsync(CancellationToken cancellationToken) =>
        File.Exists(data.HomeFile) ? (await File.ReadAllTextAsync(data.HomeFile, cancellationToken)).Trim() : "";

    /// <summary>Written in its place, so that it stays the same file.</summary>
    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(data.HomeFile, FileMode.OpenOrCreate, FileAccess.Write);
        file.SetLength(0);
        await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text + "\n"), cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
