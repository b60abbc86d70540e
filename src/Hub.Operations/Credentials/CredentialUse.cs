namespace Hub.Operations.Credentials;

/// <summary>An active workflow with steps that name a credential.</summary>
public sealed record CredentialUse(Guid WorkflowId, string Workflow, IReadOnlyList<string> Steps);
