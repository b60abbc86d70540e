using System.Xml.Linq;

namespace Hub.Operations.Tests.Rooms;

/// <summary>Who may know whom.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["Hub.Fields"] = [],
        ["Hub.Routing"] = ["Hub.Fields"],
        ["Hub.Connectors"] = ["Hub.Fields"],
        ["Hub.Signatures"] = ["Hub.Fields"],
        ["Hub.Storage"] = ["Hub.Fields"],
        ["Hub.Engine"] = ["Hub.Connectors", "Hub.Fields", "Hub.Routing", "Hub.Signatures", "Hub.Storage"],
        ["Hub.Analytics"] = ["Hub.Storage"],
        ["Hub.Operations"] = ["Hub.Analytics", "Hub.Connectors", "Hub.Engine", "Hub.Fields", "Hub.Routing", "Hub.Signatures", "Hub.Storage"],
        ["Hub.Api"] = ["Hub.Analytics", "Hub.Connectors", "Hub.Engine", "Hub.Fields", "Hub.Operations", "Hub.Routing", "Hub.Signatures", "Hub.Storage"],
    };

    [Fact]
    public void Projects_ReferTo_WhatIsDrawn()
    {
        var drawn = Known.Select(room => $"{room.Key} -> {string.Join(", ", room.Value)}").Order(StringComparer.Ordinal);
        var written = Directory
            .EnumerateFiles(SourceFiles.Folder, "*.csproj", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetFileNameWithoutExtension(file)} -> {string.Join(", ", ReferencesOf(file))}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(drawn, written);
    }

    /// <summary>Of what stands in the compiled assembly, so that no using of a package brings it in unseen.</summary>
    [Fact]
    public void Operations_KnowNoHttp()
    {
        var references = typeof(OperationError).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name == "System.Net.Http");
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument
            .Load(project)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .Order(StringComparer.Ordinal);
}
