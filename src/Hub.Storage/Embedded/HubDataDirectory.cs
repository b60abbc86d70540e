namespace Hub.Storage.Embedded;

/// <summary>The hub's state on disk: key ring, lock, the database's password, port and place.</summary>
public sealed class HubDataDirectory
{
    /// <summary>Root's own place; also where a cluster goes whose wanted place is closed to the server's user.</summary>
    internal const string SystemPath = "/var/lib/flowpilot";

    /// <summary>Others may pass through but not list: the server runs as another user when the hub is root.</summary>
    internal const UnixFileMode PassThrough =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    internal const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private HubDataDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>For the data protection keys; open to the hub's user only.</summary>
    public string KeyRingPath => System.IO.Path.Combine(Path, "keys");

    internal string LockFile => System.IO.Path.Combine(Path, "hub.lock");

    internal string HomeFile => System.IO.Path.Combine(Path, "hub.home");

    internal string SecretFile => System.IO.Path.Combine(Path, "postgresql.secret");

    internal string PortFile => System.IO.Path.Combine(Path, "postgresql.port");

    internal string LocationFile => System.IO.Path.Combine(Path, "postgresql.location");

    internal string DatabasePath => System.IO.Path.Combine(Path, "database");

    /// <summary>The configured directory, or the user's default one; created, with its key ring folder, when missing.</summary>
    public static HubDataDirectory Open(string? configured)
    {
        var directory = new HubDataDirectory(PathOf(configured));
        try
        {
            Create(directory.Path, Environment.IsPrivilegedProcess ? PassThrough : Private);
            Create(directory.KeyRingPath, Private);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new EmbeddedPostgresException(
                $"The data directory {directory.Path} cannot be created or written. Make it writable for this user, or set Hub__DataDirectory to one that is.",
                exception
            );
        }

        return directory;
    }

    /// <summary>Where it is, whether it exists or not.</summary>
    public static string PathOf(string? configured) => string.IsNullOrWhiteSpace(configured) ? DefaultPath() : System.IO.Path.GetFullPath(configured);

    /// <summary>The folder of the key ring in a data directory, whether it exists or not.</summary>
    public static string KeyRingOf(string? configured) => new HubDataDirectory(PathOf(configured)).KeyRingPath;

    /// <summary>Whether there is any key in the folder of a key ring.</summary>
    internal static bool HoldsKeys(string keys) => Directory.Exists(keys) && Directory.EnumerateFiles(keys, "*.xml").Any();

    internal static string DefaultPath()
    {
        if (RunsAsRoot)
        {
            return SystemPath;
        }

        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0
            ? System.IO.Path.Combine(local, "flowpilot")
            : throw new EmbeddedPostgresException("This user has no home directory to keep data in. Set Hub__DataDirectory.");
    }

    internal static bool RunsAsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>Creates what is missing with exactly this mode, whatever the umask; an existing directory keeps its own.</summary>
    internal static void Create(string path, UnixFileMode mode)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = System.IO.Path.GetDirectoryName(path);
        if (parent is not null && mode == PassThrough)
        {
            Create(parent, mode);
        }

        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>The server's user must get through the system-wide places even where they were made closed.</summary>
    internal static void LetPass(string path)
    {
        Create(path, PassThrough);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }
}
