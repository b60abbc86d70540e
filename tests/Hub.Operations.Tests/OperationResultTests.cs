namespace Hub.Operations.Tests;

public sealed class OperationResultTests
{
    [Fact]
    public void Result_OfAnError_HasNoValue()
    {
        OperationResult<string> result = OperationError.NotFound("credential");
        Assert.False(result.Succeeded(out var value, out var error));
        Assert.Null(value);
        Assert.Equal((OperationErrorKind.NotFound, "not_found", "There is no such credential."), (error.Kind, error.Code, error.Message));
        Assert.Throws<InvalidOperationException>(() => result.Value);
    }

    [Fact]
    public void Result_OfAValue_HasNoError()
    {
        OperationResult<string> result = "done";
        Assert.True(result.Succeeded(out var value, out var error));
        Assert.Null(error);
        Assert.Equal("done", value);
        Assert.Equal("done", result.Value);
    }

    [Fact]
    public void Error_OfSeveralPlaces_SpeaksOfTheFirst()
    {
        var error = OperationError.Invalid(
            "source_invalid",
            "The Source was not created",
            [new("/name", "name_invalid", "A Source needs a name.", "Name it."), new("/bodyLimit", "body_limit_invalid", "Too large.", "Less.")]
        );
        Assert.Equal(("The Source was not created: A Source needs a name.", "/name", "Name it."), (error.Message, error.Pointer, error.Remedy));
        Assert.Equal(2, error.Errors?.Count);
    }
}
