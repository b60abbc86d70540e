using Hub.Connectors.Contract;
using Hub.Fields;

namespace Hub.Engine.Steps;

/// <summary>What a step's inputs and output may have, and what is said of those that have more.</summary>
internal static class StepSize
{
    public const string Code = "too_large";

    private const string Setting = $"{EngineOptions.Section}:{nameof(EngineOptions.MaxStepOutput)}";

    /// <summary>A parsed document holds some twelve bytes for each value and name, so these are bounded too: one for so many bytes of the limit.</summary>
    private const int BytesForValue = 8;

    /// <summary>The most values, names, and ends of arrays and objects where there may be so many bytes.</summary>
    public static int ValuesIn(int bytes) => bytes / BytesForValue;

    public static ConnectorError TooLarge(string what, int most) => new(Code, TooLargeText(what, most), Retryable: false);

    /// <param name="where">The place, and the beginning of the sentence.</param>
    public static ConnectorError TooLarge(InputError where, int most) =>
        ConnectorError.OfInputs(Code, where with { Message = TooLargeText(where.Message, most) });

    public static ConnectorError TooMuchOfARun(int most) =>
        new(
            Code,
            $"With this one the outputs of the execution's steps would have more than {most} bytes of JSON together, the most that they may have "
                + $"({EngineOptions.Section}:{nameof(EngineOptions.MaxRunOutput)}). Pass on less, or raise the limit.",
            Retryable: false
        );

    public static ConnectorError TooManyValues(string what, int most) => new(Code, TooManyText(what, most), Retryable: false);

    /// <param name="where">The place, and the beginning of the sentence.</param>
    public static ConnectorError TooManyValues(InputError where, int most) =>
        ConnectorError.OfInputs(Code, where with { Message = TooManyText(where.Message, most) });

    private static string TooLargeText(string what, int most) =>
        $"{what} {most} bytes of JSON, the most that a step may have ({Setting}). Pass on less, or raise the limit.";

    private static string TooManyText(string what, int most) =>
        $"{what} more than {ValuesIn(most)} values and names, one for every {BytesForValue} bytes of the limit ({Setting}). Pass on less, or raise the limit.";
}
