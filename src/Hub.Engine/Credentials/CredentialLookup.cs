using System.Diagnostics.CodeAnalysis;
using Hub.Connectors.Contract;

namespace Hub.Engine.Credentials;

/// <summary>A credential, or why a step cannot have it.</summary>
public readonly record struct CredentialLookup(CredentialFields? Credential, ConnectorError? Error)
{
    private const string MissingCode = "credential_missing";

    [MemberNotNullWhen(true, nameof(Credential))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsFound => Credential is not null;

    /// <summary>Whether there is none of that name for that connector, rather than one that cannot be used.</summary>
    public bool IsMissing => Error?.Code == MissingCode;

    public static CredentialLookup Missing(string name, string stepType) =>
        Failed(MissingCode, $"There is no credential '{name}' for {stepType}. Create it, then retry.");

    public static CredentialLookup Unreadable(string name) =>
        Failed(
            "credential_unreadable",
            $"The credential '{name}' cannot be decrypted: the key ring lacks its key, or it was changed in the database. "
                + "Give its fields again (PUT /api/v1/credentials/{id}), or bring back the missing file of the folder 'keys' and start the hub anew; "
                + "then retry."
        );

    private static CredentialLookup Failed(string code, string message) => new(null, new ConnectorError(code, message, Retryable: false));
}
