using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>One thing that must hold in a workflow. Rules do not rely on each other and cope with half-read drafts.</summary>
internal interface IWorkflowRule
{
    void Check(WorkflowDraft draft, ErrorList errors);
}
