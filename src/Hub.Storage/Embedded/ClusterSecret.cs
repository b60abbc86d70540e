using System.Security.Cryptography;

namespace Hub.Storage.Embedded;

/// <summary>The hub's database password, in a file that only the hub's user reads.</summary>
internal static class ClusterSecret
{
    public static string? Read(HubDataDirectory data) =>
        File.Exists(data.SecretFile) && File.ReadAllText(data.SecretFile).Trim() is { Length: > 0 } secret ? secret : null;

    public static string Generate() => RandomNumberGenerator.GetHexString(48, lowercase: true);

    public static void Save(HubDataDirectory data, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(data.SecretFile);
        using var file = new StreamWriter(data.SecretFile, options);
        file.WriteLine(secret);
    }
}
