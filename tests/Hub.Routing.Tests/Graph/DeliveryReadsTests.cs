using System.Text.Json;
using Hub.Routing.Graph;
using Hub.Routing.Tests.Workflows;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Graph;

public sealed class DeliveryReadsTests
{
    [Theory]
    [InlineData("""{"path":"$.trigger.body.a","op":"equals","value":1}""", true)]
    [InlineData("""{"path":"$.trigger.body.a","op":"equals","value":{"$path":"$.trigger.body.b"}}""", true)]
    [InlineData("""{"path":"$.trigger.body.a","op":"equals","value":"{{ trigger.body.b }}"}""", true)]
    [InlineData("""{"path":"$.trigger.body.a","op":"equals","value":{"$path":"$.vars.b"}}""", false)]
    [InlineData("""{"path":"$.trigger.body.a","op":"equals","value":"{{ workflow.name }}"}""", false)]
    [InlineData("""{"path":"$.trigger.body.a","op":"equals","value":"{{ this }}"}""", false)]
    [InlineData("""{"path":"$..name","op":"equals","value":1}""", false)]
    [InlineData("""{"path":"$[*].name","op":"equals","value":1}""", false)]
    [InlineData("""{"path":"$['\u0076ars'].a","op":"equals","value":1}""", false)]
    [InlineData("""{"path":"$.trigger.body[?@.a == value($.*.b)]","op":"exists"}""", false)]
    public void Filter_ReadsTheDeliveryAlone_OnlyWhereThereIsNoDoubt(string filter, bool expected)
    {
        var document =
            $$"""{"schema":"flowpilot/v1","name":"w","trigger":{"type":"webhook","source":"s","filter":{{filter}}},"steps":[{"id":"a","type":"set"}]}""";
        var check = WorkflowReader.Read(System.Text.Encoding.UTF8.GetBytes(document), new TestCatalog());
        Assert.True(check.Definition is not null, JsonSerializer.Serialize(check.Errors));
        Assert.Equal(expected, WorkflowPlan.Compile(check.Definition).TriggerReadsDeliveryOnly);
    }
}
