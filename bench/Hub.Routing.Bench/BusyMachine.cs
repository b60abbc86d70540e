using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Hub.Routing.Bench;

/// <summary>Many short iterations and the shortest of them: where others use the cores too, the shortest is the one they disturbed least.</summary>
internal sealed class BusyMachine : ManualConfig
{
    public BusyMachine()
    {
        // In the benchmark's own process: the build rules of this repository do not suit generated projects.
        AddJob(
            Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(15)
                .WithIterationCount(40)
                .WithIterationTime(TimeInterval.FromMilliseconds(30))
        );
        AddColumn(StatisticColumn.Min, StatisticColumn.Median);
    }
}
