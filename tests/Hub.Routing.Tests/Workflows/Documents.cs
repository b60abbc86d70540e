using System.Runtime.CompilerServices;
using System.Text;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

/// <summary>Workflow documents around a list of steps.</summary>
internal static class Documents
{
    public static byte[] Bytes(string steps, string more = "") =>
        Encoding.UTF8.GetBytes($$"""{ "schema": "flowpilot/v1", "name": "Test", "trigger": { "type": "manual" }, "steps": {{steps}}{{more}} }""");

    /// <summary>The folder of this file in the checkout.</summary>
    public static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    public static WorkflowCheck Read(string steps, string more = "") => WorkflowReader.Read(Bytes(steps, more), new TestCatalog());

    public static WorkflowPlan Plan(string steps)
    {
        var check = Read(steps);
        Assert.DoesNotContain(check.Errors, error => error.Severity == ErrorSeverity.Error);
        return WorkflowPlan.Compile(check.Definition!);
    }
}
