namespace Hub.Storage.Queue;

/// <summary>This process among the nodes that share the database. A restart is another node: its old leases are not its own.</summary>
public sealed class HubNode
{
    public Guid Id { get; } = Guid.CreateVersion7();

    public string Name { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";
}
