using System.Reflection;

namespace Hub.Storage;

/// <summary>Reads the .sql files that are embedded beside the code that runs them.</summary>
internal static class SqlText
{
    public static string Load(string path)
    {
        var name = $"Hub.Storage.{path.Replace('/', '.')}";
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
