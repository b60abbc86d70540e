using System.Buffers;
using System.Security.Cryptography;

namespace Hub.Storage.Embedded.Backups;

/// <summary>Copies files one by one, through one small buffer, and counts and hashes what it copied.</summary>
internal sealed class CheckedCopy : IDisposable
{
    private const int BufferSize = 1 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly List<string> _written = [];

    /// <summary>Copies one file, readable by its owner only.</summary>
    /// <param name="name">What it is called in a manifest.</param>
    public async Task<BackupFile> CopyAsync(string from, string to, string name, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        // The server writes, and drops, while its files are read.
        await using var source = new FileStream(
            from,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0,
            FileOptions.SequentialScan
        );
        await using var target = new FileStream(to, options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        while (await source.ReadAsync(_buffer.AsMemory(0, BufferSize), cancellationToken) is > 0 and var count)
        {
            hash.AppendData(_buffer, 0, count);
            await target.WriteAsync(_buffer.AsMemory(0, count), cancellationToken);
            bytes += count;
        }

        _written.Add(to);
        return new BackupFile(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Has all of it reach the disk, and the names of it in its folders.</summary>
    /// <param name="targets">The folders below which all of it was written.</param>
    public void Flush(string[] targets, CancellationToken cancellationToken)
    {
        if (Array.TrueForAll(targets, DiskFlush.TryFileSystem))
        {
            return;
        }

        foreach (var file in _written)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DiskFlush.File(file);
        }

        foreach (var folder in _written.Select(file => Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal))
        {
            DiskFlush.Folder(folder);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
