namespace Hub.Api.Credentials;

/// <summary>An active workflow with steps that name a credential.</summary>
internal sealed record CredentialUse(Guid WorkflowId, string Workflow, IReadOnlyList<string> Steps);
