using System.Text;
using System.Text.Json;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

/// <summary>What all templates and paths of a workflow take once they are compiled is bounded, however they are spread over its steps.</summary>
public sealed class LanguageBudgetTests
{
    private const long MostCompiled = 64L << 20;
    private const int Steps = 30;

    /// <summary>One text of a step that consists of so many parts, as densely as it can be written.</summary>
    private static readonly Dictionary<string, Func<int, string>> Texts = new(StringComparer.Ordinal)
    {
        ["names"] = parts => $"{{{{ {Repeat("vars;", parts)} }}}}",
        ["values"] = parts => $"{{{{ [{string.Join(',', Enumerable.Repeat("1", parts))}] }}}}",
        ["sums"] = parts => $"{{{{ {Repeat("1+1;", parts / 3)} }}}}",
        ["texts"] = parts => Repeat("x{{1}}", parts / 2),
        ["members"] = parts => $"{{{{ {Repeat("vars.b;", parts / 2)} }}}}",
        ["pipes"] = parts => $"{{{{ {Repeat("1|math.abs;", parts / 3)} }}}}",
        ["loops"] = parts => $"{{{{ {Repeat("for i in 1;end;", parts / 3)} }}}}",
        ["paths"] = parts => $"${Repeat(".a", parts)}",
    };

    public static TheoryData<string> Names() => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Workflow_OfAsManyPartsAsItMayHave_IsCompiledWithinItsMemory(string name)
    {
        // The most that is still taken, to within a hundredth.
        var check = Read(name, 0);
        var (taken, refused) = (0, WorkflowLimits.TemplateParts);
        while (refused - taken > WorkflowLimits.TemplateParts / 100)
        {
            var middle = (taken + refused) / 2;
            var tried = Read(name, middle);
            (taken, refused, check) = tried.Definition is null ? (taken, middle, check) : (middle, refused, tried);
        }

        Assert.InRange(taken, WorkflowLimits.TemplateParts / 8, WorkflowLimits.TemplateParts);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var plan = WorkflowPlan.Compile(check.Definition!, new TestCatalog());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, MostCompiled);
        Assert.Equal(Steps, plan.Steps.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Workflow_OfMoreParts_IsRefusedWhereTheyBecomeTooMany(string name)
    {
        var error = Assert.Single(Read(name, WorkflowLimits.TemplateParts * 6 / 5).Errors);
        Assert.Equal(ErrorCodes.TooMany, error.Code);
        Assert.Matches("^/steps/[0-9]+/with/x$", error.Pointer);
        Assert.Contains("150000", error.Message, StringComparison.Ordinal);
    }

    private static WorkflowCheck Read(string name, int parts)
    {
        var text = JsonEncodedText.Encode(Texts[name](parts / Steps));
        var steps = Enumerable.Range(0, Steps).Select(i => $$"""{ "id": "s{{i}}", "type": "set", "with": { "x": "{{text}}" } }""");
        var document = $$"""{ "schema": "flowpilot/v1", "name": "Parts", "trigger": { "type": "manual" }, "steps": [ {{string.Join(',', steps)}} ] }""";
        return WorkflowReader.Read(Encoding.UTF8.GetBytes(document), new TestCatalog());
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
