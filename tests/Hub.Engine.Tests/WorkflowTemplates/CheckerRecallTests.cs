using Hub.Routing.Workflows;
using Hub.TestSupport.WorkflowTemplates;

namespace Hub.Engine.Tests.WorkflowTemplates;

/// <summary>How many planted faults the checker finds, and how often it cries without cause.</summary>
public sealed class CheckerRecallTests(ITestOutputHelper output)
{
    private const double Recall = 0.9;
    private const double FalseAlarms = 0.05;

    [Fact]
    public void Read_ShippedWorkflows_RaiseNoAlarm()
    {
        var alarms = TemplateFiles
            .Names.SelectMany(name =>
                WorkflowReader.Read(TemplateFiles.Read(name), TemplateCatalog.Steps, TemplateFiles.Samples(name)).Faults.Select(fault => $"{name}: {fault}")
            )
            .ToArray();

        output.WriteLine($"false alarms: {alarms.Length} on {TemplateFiles.Names.Count} workflows");
        Assert.InRange(TemplateFiles.Names.Count, 10, 100);
        Assert.True(alarms.Length <= FalseAlarms * TemplateFiles.Names.Count, string.Join('\n', alarms));
    }

    [Fact]
    public void Read_PlantedFaults_AreFound()
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        var results = TemplateFiles
            .Names.SelectMany(name => FaultPlanter.Plant(TemplateFiles.Parse(name)), (name, fault) => (Name: name, Fault: fault, IsFound: IsFound(name, fault)))
            .Where(each => each.Fault.Codes.Count > 0)
            .ToArray();
        foreach (var kind in results.GroupBy(each => each.Fault.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{kind.Key, -45} {kind.Count(each => each.IsFound)} of {kind.Count()}");
        }

        var missed = results.Where(each => !each.IsFound).Select(each => $"{each.Name}: {each.Fault.Kind}: {each.Fault.Detail}").ToArray();
        var recall = 1 - ((double)missed.Length / results.Length);
        output.WriteLine(
            $"recall: {recall:0.000} of {results.Length} faults of {results.Select(each => each.Fault.Kind).Distinct().Count()} kinds; "
                + $"missed:\n{string.Join('\n', missed)}"
        );
        Assert.True(results.Select(each => each.Fault.Kind).Distinct().Count() >= 12);
        Assert.True(recall >= Recall, $"recall {recall:0.000}\n{string.Join('\n', missed)}");
    }

    [Fact]
    public void Read_PlantedFaults_AllHaveAPlaceAndARemedy()
    {
        foreach (var name in TemplateFiles.Names)
        {
            foreach (var planted in FaultPlanter.Plant(TemplateFiles.Parse(name)))
            {
                Assert.All(Check(name, planted).Faults, fault =>
                    Assert.True(fault.Place.Length > 0 && fault.Message.Length > 10 && fault.Remedy.Length > 5, fault.ToString())
                );
            }
        }
    }

    private static bool IsFound(string name, PlantedFault planted) => Check(name, planted).Faults.Any(fault => planted.Codes.Contains(fault.Code));

    private static WorkflowCheck Check(string name, PlantedFault planted) =>
        WorkflowReader.Read(Encoding.UTF8.GetBytes(planted.Document.ToJsonString()), TemplateCatalog.Steps, TemplateFiles.Samples(name));
}
