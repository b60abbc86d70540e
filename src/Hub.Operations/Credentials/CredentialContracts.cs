using System.ComponentModel.DataAnnotations;

namespace Hub.Operations.Credentials;

/// <param name="Name">Steps refer to it: <c>"credential": "team-slack"</c>.</param>
/// <param name="Connector">The connector it is for: <c>slack</c>.</param>
/// <param name="Fields">Its fields, as the connector lists them.</param>
public sealed record NewCredential([property: Required] string? Name, [property: Required] string? Connector, IReadOnlyDictionary<string, string>? Fields);

/// <summary>New fields for a credential that there is.</summary>
/// <param name="Name">As it is: steps refer to it. It may be left out.</param>
/// <param name="Connector">As it is. It may be left out.</param>
/// <param name="Fields">All of them: they take the place of the old ones.</param>
public sealed record ChangedCredential(string? Name, string? Connector, IReadOnlyDictionary<string, string>? Fields);

/// <param name="Unreadable">Whether its fields cannot be decrypted. Steps that name it fail until the fields are given again or the key is brought
/// back.</param>
public sealed record CredentialView(Guid Id, string Name, string Connector, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool Unreadable);
