namespace Hub.Api.Credentials;

/// <param name="Name">Steps refer to it: <c>"credential": "team-slack"</c>.</param>
/// <param name="Connector">The connector it is for: <c>slack</c>.</param>
/// <param name="Fields">Its fields, as the connector lists them.</param>
internal sealed record NewCredential(string? Name, string? Connector, IReadOnlyDictionary<string, string>? Fields);

internal sealed record CredentialView(Guid Id, string Name, string Connector, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
