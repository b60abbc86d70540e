using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Errors;

/// <summary>The one place where what an operation gives becomes an answer over HTTP.</summary>
internal static class OperationAnswers
{
    /// <summary>Its error as problem details, else the answer that is made of its value.</summary>
    public static Results<TAnswer, ProblemHttpResult> Answer<T, TAnswer>(this OperationResult<T> result, Func<T, TAnswer> answer)
        where T : notnull
        where TAnswer : IResult => result.Succeeded(out var value, out var error) ? answer(value) : ToProblem(error);

    /// <summary>The same of an operation that gives nothing.</summary>
    public static Results<TAnswer, ProblemHttpResult> Answer<TAnswer>(this OperationError? error, Func<TAnswer> answer)
        where TAnswer : IResult => error is null ? answer() : ToProblem(error);

    public static ProblemHttpResult ToProblem(this OperationError error)
    {
        var problem = Problems.Create(StatusOf(error.Kind), error.Code, error.Message, error.Errors);
        foreach (var (name, value) in error.More)
        {
            problem.ProblemDetails.Extensions[name] = value;
        }

        return problem;
    }

    private static int StatusOf(OperationErrorKind kind) =>
        kind switch
        {
            OperationErrorKind.Invalid => StatusCodes.Status400BadRequest,
            OperationErrorKind.NotFound => StatusCodes.Status404NotFound,
            OperationErrorKind.Conflict => StatusCodes.Status409Conflict,
            OperationErrorKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
            OperationErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no answer for this sort of error."),
        };
}
