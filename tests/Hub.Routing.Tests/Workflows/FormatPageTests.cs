using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Conditions;
using Hub.Routing.Conditions.Operators;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

public sealed class FormatPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Documents.Folder(), "..", "..", "..", "docs", "workflow-format.md"));

    public static TheoryData<string> Examples() =>
        [
            .. Regex
                .Matches(Page, "```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                .Select(match => match.Groups["json"].Value),
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OnThePage_IsAccepted(string example)
    {
        var element = JsonElement.Parse(example);
        if (element.ValueKind == JsonValueKind.Array)
        {
            Assert.Empty(Documents.Read(example).Errors);
        }
        else if (element.TryGetProperty("schema", out _))
        {
            Assert.Empty(WorkflowReader.Read(Encoding.UTF8.GetBytes(example), new TestCatalog()).Errors);
        }
        else
        {
            Assert.NotNull(Condition.Parse(element));
        }
    }

    [Fact]
    public void Page_Names_EveryOperatorFlowStepAndCode()
    {
        var names = ConditionOperators
            .All.Select(each => each.Name)
            .Concat(FlowSteps.All.Select(step => step.Type))
            .Concat(FlowSteps.Unavailable)
            .Concat(typeof(ErrorCodes).GetFields().Select(field => (string)field.GetValue(null)!));

        Assert.True(Examples().Count >= 4);
        Assert.DoesNotContain(names, name => !Page.Contains($"`{name}`", StringComparison.Ordinal));
    }
}
