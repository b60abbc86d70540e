using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Inputs;

namespace Hub.Routing.Workflows;

/// <summary>Tells whether the document alone decides which hosts a step calls, or values that come from outside.</summary>
public static class WrittenHosts
{
    /// <summary>
    /// The hosts of the URLs among the step's inputs, each as an address without a path; null when the document does not decide one of them. Empty for a
    /// step without such inputs, which calls where its connector always calls.
    /// </summary>
    /// <param name="vars">The document's <c>vars</c>, which belong to it.</param>
    public static IReadOnlyList<Uri>? Of(JsonElement with, StepTypeDescription type, JsonElement vars)
    {
        var hosts = new List<Uri>();
        foreach (var field in type.Fields.Where(field => field.Place == StepFieldPlace.Url))
        {
            // A query in place of the whole object gives its members at run time.
            if (
                with.ValueKind != JsonValueKind.Object
                || Operand.IsQuery(with)
                || !with.TryGetProperty(field.Name, out var url)
                || WrittenUrl.HostOf(url, vars) is not { } host
            )
            {
                return null;
            }

            hosts.Add(host);
        }

        return hosts;
    }
}
