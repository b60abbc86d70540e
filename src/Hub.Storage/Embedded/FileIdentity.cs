using System.Globalization;
using System.Runtime.InteropServices;

namespace Hub.Storage.Embedded;

/// <summary>
/// Which file this is, by what its file system says of it; a copy is another file, whatever was copied with it. Inode and device tell files apart.
/// Devices are numbered anew when a volume comes to another machine, so there the time at which the file was made, which no copy takes along, decides.
/// </summary>
/// <param name="Created">When the file was made, in nanoseconds; 0 where the file system does not say.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Created)
{
    private const int BufferSize = 256;
    private const int CurrentFolder = -100;
    private const uint Wanted = 0x7ff | CreationTime;
    private const uint CreationTime = 0x800;

    public bool IsSameFileAs(FileIdentity other) => Inode == other.Inode && (Device == other.Device || (Created != 0 && Created == other.Created));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"device {Device} inode {Inode} created {Created}");

    public static FileIdentity? Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            is ["device", var device, "inode", var inode, "created", var created]
        && ulong.TryParse(device, CultureInfo.InvariantCulture, out var onDevice)
        && ulong.TryParse(inode, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(created, CultureInfo.InvariantCulture, out var made)
            ? new FileIdentity(onDevice, number, made)
            : null;

    /// <summary>Null where the system offers no such thing.</summary>
    public static async Task<FileIdentity?> OfAsync(string path, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux())
        {
            return OfLinux(path);
        }

        if (!OperatingSystem.IsMacOS())
        {
            return null;
        }

        var said = await Command.RunAsync(ServerAccount.Current, "/usr/bin/stat", ["-f", "device %d inode %i created %B", path], cancellationToken);
        return said is { Succeeded: true } ? Parse(said.Output) : null;
    }

    /// <summary>Reads a statx record, which is laid out alike on every processor.</summary>
    private static FileIdentity? OfLinux(string path)
    {
        var buffer = new byte[BufferSize];
        try
        {
            if (Libc.StatX(CurrentFolder, path, 0, Wanted, buffer) != 0)
            {
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }

        var mask = MemoryMarshal.Read<uint>(buffer);
        var created = (mask & CreationTime) == 0 ? 0 : (Long(80) * 1_000_000_000) + MemoryMarshal.Read<uint>(buffer.AsSpan(88));
        var device = ((ulong)MemoryMarshal.Read<uint>(buffer.AsSpan(136)) << 32) | MemoryMarshal.Read<uint>(buffer.AsSpan(140));
        return new FileIdentity(device, (ulong)Long(32), created);

        long Long(int at) => MemoryMarshal.Read<long>(buffer.AsSpan(at));
    }
}
