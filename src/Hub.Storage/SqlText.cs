using System.Reflection;

namespace Hub.Storage;

/// <summary>Reads the .sql files that are embedded beside the code that runs them.</summary>
public static class SqlText
{
    /// <param name="path">Below the project's folder.</param>
    public static string Load(Assembly assembly, string path)
    {
        var name = $"{assembly.GetName().Name}.{path.Replace('/', '.')}";
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal static string Load(string path) => Load(typeof(SqlText).Assembly, path);
}
