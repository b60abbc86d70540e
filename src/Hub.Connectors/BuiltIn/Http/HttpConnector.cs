using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Fields;

namespace Hub.Connectors.BuiltIn.Http;

/// <summary>Calls any HTTP API.</summary>
public sealed class HttpConnector(GuardedHttpClient http) : IConnector
{
    internal static readonly ConnectorManifest Declared = new(
        "http",
        "HTTP",
        "Calls any HTTP API.",
        [
            new("token", FieldType.Text, "Sent as Authorization: Bearer.", Secret: true),
            new("username", FieldType.Text, "Sent with the password as Authorization: Basic."),
            new("password", FieldType.Text, "Sent with the user name as Authorization: Basic.", Secret: true),
            new("headerName", FieldType.Text, "A header that carries the secret, such as X-Api-Key."),
            new("headerValue", FieldType.Text, "The value of that header.", Secret: true),
            new(
                HttpCredential.Hosts,
                FieldType.Hosts,
                "The hosts that it may be sent to: api.example.com, *.example.org. Without them it goes only to a host that the workflow writes out."
            ),
        ]
    );

    public ConnectorManifest Manifest => Declared;

    public IReadOnlyList<IConnectorAction> Actions { get; } = [new HttpRequestAction(http)];

    public string? ErrorOf(IReadOnlyDictionary<string, string> credential) => HttpCredential.ErrorOf(credential);
}
