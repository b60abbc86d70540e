namespace Hub.Storage.Embedded;

/// <summary>One hub per data directory. The kernel lets go of the lock when its owner dies, however it dies.</summary>
internal sealed class HubLock : IDisposable
{
    private readonly FileStream _file;

    private HubLock(FileStream file) => _file = file;

    public static HubLock Take(HubDataDirectory data)
    {
        try
        {
            return new HubLock(new FileStream(data.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new EmbeddedPostgresException(
                $"The data directory {data.Path} belongs to another user. Start the hub as that user, or set Hub__DataDirectory to another one.", error);
        }
        catch (IOException error)
        {
            throw new EmbeddedPostgresException(
                $"Another hub is using the data directory {data.Path}. Stop it, or give this hub its own with Hub__DataDirectory.", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
