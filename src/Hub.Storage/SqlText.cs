using System.Reflection;

namespace Hub.Storage;

/// <summary>
/// Reads the .sql files that are embedded beside the code that runs them. The line <c>-- include Folder/file.sql</c> stands for the text of that file, so that
/// statements with the same end are written once.
/// </summary>
public static class SqlText
{
    private const string Include = "-- include ";

    /// <param name="path">Below the project's folder.</param>
    public static string Load(Assembly assembly, string path)
    {
        var name = $"{assembly.GetName().Name}.{path.Replace('/', '.')}";
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return text.Contains(Include, StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Select(line => Included(assembly, line))) : text;
    }

    private static string Included(Assembly assembly, string line) =>
        line.StartsWith(Include, StringComparison.Ordinal) ? Load(assembly, line[Include.Length..].Trim()) : line;

    internal static string Load(string path) => Load(typeof(SqlText).Assembly, path);
}
