namespace Hub.Operations.Tests.Rooms;

/// <summary>The code under src, to be looked at as text.</summary>
internal static class SourceFiles
{
    public static string Folder { get; } = Path.Combine(ConformanceData.RepositoryRoot(), "src");

    /// <summary>The files that hold a text, as <c>Hub.Engine/Catalog/WorkflowCatalog.cs</c>.</summary>
    public static IReadOnlyList<string> Holding(string text) =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
                .Select(file => (Path: Path.GetRelativePath(Folder, file).Replace('\\', '/'), File: file))
                .Where(file => !file.Path.Split('/').Any(part => part is "bin" or "obj"))
                .Where(file => File.ReadAllText(file.File).Contains(text, StringComparison.Ordinal))
                .Select(file => file.Path)
                .Order(StringComparer.Ordinal),
        ];
}
