using System.Runtime.CompilerServices;

namespace Hub.TestSupport;

/// <summary>Finds the conformance data that is not part of the repository: FLOWPILOT_CONFORMANCE_DATA, else ../shared/data beside the checkout.</summary>
public static class ConformanceData
{
    public static string? Root { get; } = Find();

    /// <summary>Why a suite that needs the data is skipped, or null when the data is there.</summary>
    public const string Missing = "conformance data not found, suite skipped";

    public static bool Exists => Root is not null;

    public static string PathTo(params string[] parts) => Path.Combine([Root ?? throw new DirectoryNotFoundException(Missing), .. parts]);

    private static string? Find()
    {
        var configured = Environment.GetEnvironmentVariable("FLOWPILOT_CONFORMANCE_DATA");
        var folder = string.IsNullOrEmpty(configured) ? Path.Combine(RepositoryRoot(), "..", "shared", "data") : configured;
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    /// <summary>The checkout's root folder, taken from where this source file was compiled.</summary>
    public static string RepositoryRoot() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
