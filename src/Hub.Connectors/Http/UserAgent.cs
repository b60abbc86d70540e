using System.Reflection;

namespace Hub.Connectors.Http;

/// <summary>How the hub names itself to others.</summary>
public static class UserAgent
{
    /// <summary><c>FlowPilot/0.1.0</c>.</summary>
    public static string Value { get; } =
        "FlowPilot/" + (typeof(UserAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
