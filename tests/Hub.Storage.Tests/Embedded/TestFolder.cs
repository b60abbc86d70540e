namespace Hub.Storage.Tests.Embedded;

/// <summary>A folder of one test, gone after it. Others may pass through it unless it is made closed.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder(bool closed = false)
    {
        Path = Directory.CreateTempSubdirectory("flowpilot-test-").FullName;
        if (!closed && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
        }
    }

    public string Path { get; }

    public string Below(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Who may do what with a file; the tests that ask run where there are such modes.</summary>
    public static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    /// <summary>Also removes databases that were put elsewhere, as happens where the temporary folder is closed.</summary>
    public void Dispose()
    {
        foreach (var location in Directory.EnumerateFiles(Path, "postgresql.location", SearchOption.AllDirectories))
        {
            Directory.Delete(File.ReadAllText(location).Trim(), recursive: true);
        }

        Directory.Delete(Path, recursive: true);
    }
}
