namespace Hub.Routing.Workflows;

/// <summary>The connector actions that workflows may use. The flow steps (<see cref="FlowSteps"/>) are known without it.</summary>
public interface IStepCatalog
{
    /// <summary>The action of that type, such as <c>slack.post_message</c>; null when there is none.</summary>
    StepTypeDescription? Find(string type);

    IEnumerable<string> Types { get; }
}
