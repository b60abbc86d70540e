using Microsoft.Win32.SafeHandles;

namespace Hub.Storage.Embedded.Backups;

/// <summary>Has what was written reach the disk.</summary>
internal static class DiskFlush
{
    public static void File(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// All of the file system that a folder is in, in one go, which for many files is much less than one by one; false where there is no such thing.
    /// </summary>
    public static bool TryFileSystem(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var handle = new SafeFileHandle(Libc.Open(folder, 0), ownsHandle: true);
        return !handle.IsInvalid && Libc.SyncFileSystem((int)handle.DangerousGetHandle()) == 0;
    }

    /// <summary>The names in a folder. Windows writes them by itself.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Libc.Open(path, 0), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw new IOException($"{path} cannot be opened to have it reach the disk.");
        }

        RandomAccess.FlushToDisk(handle);
    }
}
