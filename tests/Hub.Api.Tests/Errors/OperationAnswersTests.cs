using Hub.Api.Errors;
using Hub.Operations;

namespace Hub.Api.Tests.Errors;

public sealed class OperationAnswersTests
{
    [Fact]
    public void EveryKindOfError_HasAStatus()
    {
        var statuses = Enum.GetValues<OperationErrorKind>()
            .ToDictionary(kind => kind, kind => new OperationError(kind, "code", "Sentence.").ToProblem().StatusCode);
        Assert.Equal(
            new Dictionary<OperationErrorKind, int>
            {
                [OperationErrorKind.Invalid] = 400,
                [OperationErrorKind.NotFound] = 404,
                [OperationErrorKind.Conflict] = 409,
                [OperationErrorKind.Unprocessable] = 422,
                [OperationErrorKind.Unavailable] = 503,
            },
            statuses
        );
    }

    [Fact]
    public void Error_WithPlacesAndMore_IsToldWhole()
    {
        var error = OperationError
            .Of(OperationErrorKind.Conflict, "in_use", "It is in use.", [new("/name", "name_used", "The name is used.", "Choose another.")])
            .With("usedBy", "a workflow");
        var problem = error.ToProblem().ProblemDetails;
        Assert.Equal(
            (409, "It is in use.", "in_use", "a workflow"),
            (problem.Status, problem.Detail, problem.Extensions["code"], problem.Extensions["usedBy"])
        );
        Assert.Equal("/name", Assert.Single(Assert.IsAssignableFrom<IEnumerable<FieldError>>(problem.Extensions["errors"])).Pointer);
    }
}
