using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Ports have the form of step ids and are not <c>error</c>; each case has its own. The default may share a case's.</summary>
internal sealed class SwitchPortsRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (index, each) in step.Definition.Cases.Index())
            {
                var place = step.Place["cases"][index]["port"];
                if (each.Port.Length > 0 && !seen.Add(each.Port))
                {
                    errors.Error(
                        ErrorCodes.PortDuplicate,
                        place,
                        $"Two cases have the port '{NearestName.Shorten(each.Port)}'.",
                        "Name each port once; combine the conditions with \"any\" to share one."
                    );
                }

                // An element that is no case has been reported as such.
                if (each.When.ValueKind != System.Text.Json.JsonValueKind.Undefined || each.Port.Length > 0)
                {
                    CheckName(each.Port, place, errors);
                }
            }

            if (step.Definition.Default is { } port)
            {
                CheckName(port, step.Place["default"], errors);
            }
        }
    }

    private static void CheckName(string port, JsonPlace place, ErrorList errors)
    {
        if (port == StepReference.ErrorPort)
        {
            errors.Error(ErrorCodes.PortInvalid, place, "The port 'error' is the one a failed step leaves by.", "Give the port another name.");
        }
        else if (!StepPorts.IsName(port))
        {
            errors.Error(ErrorCodes.PortInvalid, place, $"'{NearestName.Shorten(port)}' is not a port name.", $"Write {StepPorts.NameForm}.");
        }
    }
}
