namespace Hub.Operations.Tests.Rooms;

/// <summary>Who may read and write the rows of which workspace.</summary>
public sealed class WorkspaceTests
{
    [Fact]
    public void AcrossWorkspaces_IsAskedFor_ByTheHubsOwnWorkAlone() =>
        Assert.Equal(
            [
                "Hub.Api/Auth/AdminKey.cs",
                "Hub.Api/Auth/KeyRingCheck.cs",
                "Hub.Engine/Catalog/WorkflowCatalog.cs",
                "Hub.Engine/Credentials/CredentialStore.cs",
                "Hub.Engine/Intake/AddressReader.cs",
                "Hub.Engine/Intake/HandshakeSecrets.cs",
                "Hub.Engine/Intake/SourceDirectory.cs",
                "Hub.Engine/Maintenance/RetentionCleaner.cs",
                "Hub.Storage/Destinations/GoneDestinationTable.cs",
            ],
            SourceFiles.Holding(".AcrossWorkspaces()")
        );
}
