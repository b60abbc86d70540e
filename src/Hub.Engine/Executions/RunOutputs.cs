using System.Text;
using Hub.Engine.Steps;

namespace Hub.Engine.Executions;

/// <summary>Bounds the outputs of one execution together, as every later step reads them all again, and counts what waits to be recorded.</summary>
/// <param name="most">The most bytes of all outputs.</param>
internal sealed class RunOutputs(int most)
{
    private const long Much = 4 << 20;

    private long _characters;

    /// <summary>Whether so many characters of inputs and outputs wait to be recorded that it is done before more is added.</summary>
    public bool AreMuch => _characters > Much;

    /// <summary>An outcome as it may be kept: one whose output there is no room for has failed.</summary>
    /// <param name="bytes">What the outputs before it have.</param>
    public StepOutcome Take(StepOutcome outcome, long bytes)
    {
        var output = outcome is Stopped ? outcome.Input : (outcome as Succeeded)?.Output;
        _characters += (outcome.Input?.Length ?? 0) + (ReferenceEquals(output, outcome.Input) ? 0 : output?.Length ?? 0);
        return output is null || bytes + (3L * output.Length) <= most || bytes + Encoding.UTF8.GetByteCount(output) <= most
            ? outcome
            : new Failed(StepSize.TooMuchOfARun(most)) { Input = outcome.Input };
    }

    public void Clear() => _characters = 0;
}
