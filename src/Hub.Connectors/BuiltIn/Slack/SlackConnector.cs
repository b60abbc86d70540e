using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Fields;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.BuiltIn.Slack;

/// <summary>Slack through its Web API, as a bot.</summary>
public sealed class SlackConnector(GuardedHttpClient http, IOptions<SlackOptions> options) : IConnector
{
    internal static readonly ConnectorManifest Declared = new(
        "slack",
        "Slack",
        "Posts messages to channels, threads and people.",
        [new("token", FieldType.Text, "The bot's token; starts with xoxb-.", Required: true, Secret: true)],
        CredentialRequired: true
    );

    public ConnectorManifest Manifest => Declared;

    public IReadOnlyList<IConnectorAction> Actions { get; } = [new SlackPostMessageAction(new SlackApi(http, options))];
}
