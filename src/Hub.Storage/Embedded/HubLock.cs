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
            return new HubLock(Open(data.LockFile));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EmbeddedPostgresException(
                $"The data directory {data.Path} belongs to another user. Start the hub as that user, or set Hub__DataDirectory to another one.",
                exception
            );
        }
        catch (IOException exception)
        {
            throw new EmbeddedPostgresException(
                $"Another hub is using the data directory {data.Path}. Stop it, or give this hub its own with Hub__DataDirectory.",
                exception
            );
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Only the hub's user may open it: whoever can read it could hold the lock.</summary>
    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        options.UnixCreateMode = OwnerOnly;
        var file = new FileStream(path, options);
        File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        return file;
    }
}
