using Hub.Connectors.Contract;

namespace Hub.Connectors;

/// <summary>The files beside a connector's class: what people read about it and its picture.</summary>
public static class ConnectorAssets
{
    public const string Icon = "icon.svg";

    /// <summary>Markdown: how to get the credential, what to know before use.</summary>
    public const string Instructions = "instructions.md";

    /// <summary>The file's stream, or null when the connector has none. The folder is the last part of the connector's namespace.</summary>
    public static Stream? Open(IConnector connector, string file)
    {
        var type = connector.GetType();
        var folder = type.Namespace?.Split('.')[^1];
        return type.Assembly.GetManifestResourceStream($"BuiltIn/{folder}/{file}");
    }
}
