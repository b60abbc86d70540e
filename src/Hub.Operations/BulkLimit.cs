namespace Hub.Operations;

/// <summary>How many things may be asked for at once in a body.</summary>
internal static class BulkLimit
{
    /// <summary>What is wrong with the <c>limit</c> given; null when nothing is.</summary>
    public static OperationError? Error(int? limit, int most) =>
        limit is < 1 || limit > most
            ? OperationError.Of(
                OperationErrorKind.Invalid,
                "limit_invalid",
                $"'limit' is a whole number from 1 to {most}.",
                [new("/limit", "limit_invalid", $"It does not lie between 1 and {most}.", $"Give a whole number from 1 to {most}.")]
            )
            : null;
}
