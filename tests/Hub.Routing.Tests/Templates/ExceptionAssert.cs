namespace Hub.Routing.Tests.Templates;

internal static class ExceptionAssert
{
    public static void IsNullOr<T>(this Exception? exception)
        where T : Exception
    {
        if (exception is not null)
        {
            Assert.IsType<T>(exception);
        }
    }
}
