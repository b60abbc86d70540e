using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Hub.Connectors.Contract;
using Hub.Connectors.Tests.StandIns;
using Hub.Fields;

namespace Hub.Connectors.Tests.Conformance;

/// <summary>What every connector must declare, and that each of its actions runs the conformance suite.</summary>
public sealed partial class ConnectorDeclarationTests : IDisposable
{
    private readonly TestHub hub = new();

    public static TheoryData<string> Connectors
    {
        get
        {
            using var composed = new TestHub();
            return [.. composed.Get<ConnectorRegistry>().Connectors.Select(c => c.Manifest.Name)];
        }
    }

    [Theory]
    [MemberData(nameof(Connectors))]
    public void Manifest_Connector_IsSane(string name)
    {
        var connector = Find(name);
        var manifest = connector.Manifest;

        Assert.Matches(Identifier(), manifest.Name);
        Assert.NotEmpty(manifest.Title);
        Assert.EndsWith(".", manifest.Summary, StringComparison.Ordinal);
        Assert.NotEmpty(connector.Actions);
        CheckFields(manifest.CredentialFields);
        Assert.True(!manifest.CredentialRequired || manifest.CredentialFields.Any(f => f.Secret));
    }

    [Theory]
    [MemberData(nameof(Connectors))]
    public void Manifest_Actions_AreSane(string name)
    {
        foreach (var manifest in Find(name).Actions.Select(a => a.Manifest))
        {
            var parts = manifest.Type.Split('.');
            Assert.Equal(name, parts[0]);
            Assert.Matches(Identifier(), Assert.Single(parts[1..]));
            Assert.EndsWith(".", manifest.Summary, StringComparison.Ordinal);
            CheckFields(manifest.Inputs);
            Assert.Equal(manifest.Inputs.SingleOrDefault(input => input.Place == FieldPlace.Url)?.Name, manifest.Destination);
            using var schema = JsonDocument.Parse(manifest.OutputSchema);
            Assert.Equal(JsonValueKind.Object, schema.RootElement.ValueKind);
        }
    }

    [Theory]
    [MemberData(nameof(Connectors))]
    public void Assets_Connector_ArePresent(string name)
    {
        using var icon = ConnectorAssets.Open(Find(name), ConnectorAssets.Icon);
        using var instructions = ConnectorAssets.Open(Find(name), ConnectorAssets.Instructions);

        Assert.NotNull(icon);
        Assert.Equal("svg", XDocument.Load(icon).Root!.Name.LocalName);
        Assert.NotNull(instructions);
        Assert.StartsWith("# ", new StreamReader(instructions).ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_All_RunTheSuite()
    {
        var covered = typeof(ActionConformance)
            .Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(ActionConformance)))
            .Select(t => ((ActionConformance)Activator.CreateInstance(t)!).Case.Type);

        Assert.Equal(hub.Get<ConnectorRegistry>().Connectors.SelectMany(c => c.Actions).Select(a => a.Manifest.Type).Order(), covered.Order());
    }

    [Fact]
    public void Registry_SameNameTwice_Refused()
    {
        var connector = Find("http");

        Assert.Throws<ArgumentException>(() => new ConnectorRegistry([connector, connector]));
    }

    [Theory]
    [InlineData("slack.post_message", true)]
    [InlineData("slack.nothing", false)]
    [InlineData("Slack.post_message", false)]
    [InlineData("", false)]
    public void TryFindAction_Type_Exact(string type, bool found) => Assert.Equal(found, hub.Get<ConnectorRegistry>().TryFindAction(type, out _));

    public void Dispose() => hub.Dispose();

    private IConnector Find(string name) =>
        hub.Get<ConnectorRegistry>().TryFindConnector(name, out var connector) ? connector : throw new KeyNotFoundException(name);

    private static void CheckFields(IReadOnlyList<FieldSpec> fields)
    {
        Assert.All(fields, f => Assert.Matches("^[a-z][A-Za-z0-9_]*$", f.Name));
        Assert.All(fields, f => Assert.EndsWith(".", f.Summary, StringComparison.Ordinal));
        Assert.Equal(fields.Count, fields.Select(f => f.Name).Distinct().Count());
        Assert.All(fields, f => Assert.True(f.Choices is null || f.Type == FieldType.Text));
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();
}
