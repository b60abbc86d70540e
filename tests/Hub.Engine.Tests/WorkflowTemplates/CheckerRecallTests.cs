using Hub.Routing.Workflows;
using Hub.TestSupport.WorkflowTemplates;

namespace Hub.Engine.Tests.WorkflowTemplates;

/// <summary>How many planted errors the checker finds, and how often it cries without cause.</summary>
public sealed class CheckerRecallTests(ITestOutputHelper output)
{
    private const double Recall = 0.9;
    private const double FalseAlarms = 0.05;

    [Fact]
    public void Read_ShippedWorkflows_RaiseNoAlarm()
    {
        var alarms = TemplateFiles
            .Names.SelectMany(name =>
                WorkflowReader.Read(TemplateFiles.Read(name), TemplateCatalog.Steps, TemplateFiles.Samples(name)).Errors.Select(error => $"{name}: {error}")
            )
            .ToArray();

        output.WriteLine($"false alarms: {alarms.Length} on {TemplateFiles.Names.Count} workflows");
        Assert.InRange(TemplateFiles.Names.Count, 10, 100);
        Assert.True(alarms.Length <= FalseAlarms * TemplateFiles.Names.Count, string.Join('\n', alarms));
    }

    [Fact]
    public void Read_PlantedErrors_AreFound()
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        var results = TemplateFiles
            .Names.SelectMany(name => ErrorPlanter.Plant(TemplateFiles.Parse(name)), (name, error) => (Name: name, Error: error, IsFound: IsFound(name, error)))
            .Where(each => each.Error.Codes.Count > 0)
            .ToArray();
        foreach (var kind in results.GroupBy(each => each.Error.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{kind.Key, -45} {kind.Count(each => each.IsFound)} of {kind.Count()}");
        }

        var missed = results.Where(each => !each.IsFound).Select(each => $"{each.Name}: {each.Error.Kind}: {each.Error.Detail}").ToArray();
        var recall = 1 - ((double)missed.Length / results.Length);
        output.WriteLine(
            $"recall: {recall:0.000} of {results.Length} errors of {results.Select(each => each.Error.Kind).Distinct().Count()} kinds; "
                + $"missed:\n{string.Join('\n', missed)}"
        );
        Assert.True(results.Select(each => each.Error.Kind).Distinct().Count() >= 12);
        Assert.True(recall >= Recall, $"recall {recall:0.000}\n{string.Join('\n', missed)}");
    }

    [Fact]
    public void Read_PlantedErrors_AllHaveAPlaceAndARemedy()
    {
        foreach (var name in TemplateFiles.Names)
        {
            foreach (var planted in ErrorPlanter.Plant(TemplateFiles.Parse(name)))
            {
                Assert.All(Check(name, planted).Errors, error =>
                    Assert.True(error.Place.Length > 0 && error.Message.Length > 10 && error.Remedy.Length > 5, error.ToString())
                );
            }
        }
    }

    private static bool IsFound(string name, PlantedError planted) => Check(name, planted).Errors.Any(error => planted.Codes.Contains(error.Code));

    private static WorkflowCheck Check(string name, PlantedError planted) =>
        WorkflowReader.Read(Encoding.UTF8.GetBytes(planted.Document.ToJsonString()), TemplateCatalog.Steps, TemplateFiles.Samples(name));
}
