using System.Reflection;

namespace Hub.Api.Tests.Startup;

/// <summary>Which room may know of which (docs/architecture.md).</summary>
public sealed class RoomTests
{
    [Theory]
    [InlineData("Hub.Fields", "")]
    [InlineData("Hub.Routing", "Hub.Fields")]
    [InlineData("Hub.Signatures", "Hub.Fields")]
    [InlineData("Hub.Connectors", "Hub.Fields")]
    [InlineData("Hub.Storage", "")]
    [InlineData("Hub.Analytics", "Hub.Storage")]
    [InlineData("Hub.Engine", "Hub.Connectors Hub.Fields Hub.Routing Hub.Signatures Hub.Storage")]
    public void Room_Any_KnowsNoOthers(string room, string known) =>
        Assert.Equal(
            known,
            string.Join(
                ' ',
                Assembly
                    .Load(room)
                    .GetReferencedAssemblies()
                    .Select(name => name.Name!)
                    .Where(name => name.StartsWith("Hub.", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            )
        );
}
