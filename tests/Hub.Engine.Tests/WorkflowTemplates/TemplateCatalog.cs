using Hub.Connectors;
using Hub.Connectors.BuiltIn.Http;
using Hub.Connectors.BuiltIn.Slack;
using Hub.Engine.Catalog;
using Hub.Routing.Workflows;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Tests.WorkflowTemplates;

/// <summary>What the built-in connectors tell the checker.</summary>
internal static class TemplateCatalog
{
    // Only their manifests are read; nothing is called.
    public static IStepCatalog Steps { get; } =
        new StepCatalog(new ConnectorRegistry([new HttpConnector(null!), new SlackConnector(null!, Options.Create(new SlackOptions()))]));
}
