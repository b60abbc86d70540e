using Xunit.Sdk;

namespace Hub.Routing.Tests.Conformance;

/// <summary>How the cases of one part of a corpus came out.</summary>
internal sealed record ConformanceCount(string Corpus, string Part)
{
    private readonly List<string> _unsupported = [];
    private readonly List<string> _failed = [];

    public int Cases { get; private set; }

    /// <summary>The cases named and why they do not count, the same reason once.</summary>
    public string Row => $"| {Corpus} | {Part} | {Cases} | {Cases - _unsupported.Count - _failed.Count} | {string.Join("; ", _unsupported.Concat(_failed))} |";

    /// <summary>Runs one case by the test that checks it.</summary>
    public void Run(string name, Action test)
    {
        Cases++;
        try
        {
            test();
        }
        catch (SkipException skipped)
        {
            _unsupported.Add($"{name}: {skipped.Message[(skipped.Message.LastIndexOf('$') + 1)..]}");
        }
        catch (Exception exception) when (exception is XunitException or FormatException or InvalidOperationException)
        {
            _failed.Add($"{name}: differs");
        }
    }
}
