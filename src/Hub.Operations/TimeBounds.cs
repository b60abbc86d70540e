namespace Hub.Operations;

/// <summary>The moments that can be asked for.</summary>
public static class TimeBounds
{
    private const int FirstYear = 1970;
    private const int LastYear = 9998;

    /// <summary>What is wrong with them; null when nothing is.</summary>
    public static OperationError? Error(params ReadOnlySpan<DateTimeOffset?> times)
    {
        foreach (var time in times)
        {
            if (time is { UtcDateTime.Year: < FirstYear or > LastYear })
            {
                return OperationError.Invalid("time_invalid", $"Times lie in the years {FirstYear} to {LastYear}.");
            }
        }

        return null;
    }
}
