using System.Globalization;

namespace Hub.Storage.Embedded;

/// <summary>The user that the server runs as: PostgreSQL refuses root, so a hub started by root hands the server to another user.</summary>
internal sealed record ServerAccount(string? UserName, int UserId, int GroupId)
{
    /// <summary>The hub's own user.</summary>
    public static readonly ServerAccount Current = new(null, -1, -1);

    public static ServerAccount Choose() =>
        HubDataDirectory.RunsAsRoot
            ? Find("postgres")
                ?? Find("nobody")
                ?? throw new EmbeddedPostgresException(
                    "PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it. Create one, or start the hub as another user."
                )
            : Current;

    /// <summary>An existing cluster is served by its owner, whoever the default would be.</summary>
    public static async Task<ServerAccount> ChooseForAsync(string cluster, CancellationToken cancellationToken)
    {
        if (!HubDataDirectory.RunsAsRoot || !Directory.Exists(cluster))
        {
            return Choose();
        }

        var listing = await Command.RunAsync(Current, "/bin/ls", ["-nd", cluster], cancellationToken);
        var columns = listing?.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return columns.Length > 2 && int.TryParse(columns[2], CultureInfo.InvariantCulture, out var owner)
            ? Accounts().FirstOrDefault(account => account.UserId == owner && owner != 0) ?? Choose()
            : Choose();
    }

    /// <summary>Gives a file or folder to the server's user.</summary>
    public void Own(string path)
    {
        if (UserName is not null && Libc.Chown(path, UserId, GroupId) != 0)
        {
            throw new EmbeddedPostgresException($"{path} cannot be given to the user {UserName}.");
        }
    }

    /// <summary>The folder's real path when this user can enter it, else null. Asked of the system itself, so access lists count too.</summary>
    public async Task<string?> EnterAsync(string folder, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return folder;
        }

        var result = await Command.RunAsync(this, "/bin/sh", ["-c", "cd -- \"$0\" && pwd -P", folder], cancellationToken);
        return result is { Succeeded: true } ? result.Output : null;
    }

    private static ServerAccount? Find(string name) => Accounts().FirstOrDefault(account => account.UserName == name);

    private static IEnumerable<ServerAccount> Accounts() =>
        from line in File.ReadLines("/etc/passwd")
        let parts = line.Split(':')
        where parts.Length > 3
        select new ServerAccount(parts[0], int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture));
}
