using Hub.Connectors.Http;

namespace Hub.Connectors.Tests.Http;

public sealed class RetryHintTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(408, true)]
    [InlineData(409, true)]
    [InlineData(425, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(501, true)]
    [InlineData(503, true)]
    [InlineData(599, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(422, false)]
    [InlineData(304, false)]
    public void IsRetryable_Status_AsDocumented(int status, bool expected) => Assert.Equal(expected, RetryHint.IsRetryable(status));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 7 ", 7)]
    [InlineData("99999999999", 86400)]
    [InlineData("Wed, 04 Mar 2026 05:07:07 GMT", 60)]
    [InlineData("Wednesday, 04-Mar-26 05:07:07 GMT", 60)]
    [InlineData("Wed Mar  4 05:07:07 2026", 60)]
    [InlineData("Wed, 04 Mar 2026 05:00:00 GMT", 0)]
    public void ReadRetryAfter_BothForms_Read(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryHint.ReadRetryAfter(text, Now));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("soon")]
    public void ReadRetryAfter_Else_Null(string text) => Assert.Null(RetryHint.ReadRetryAfter(text, Now));
}
