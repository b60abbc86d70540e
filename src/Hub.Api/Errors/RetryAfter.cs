namespace Hub.Api.Errors;

/// <summary>
/// When those come back who were turned away for a while: never earlier than asked, and scattered over 3 s or a fifth of the wait after it, whichever is more.
/// A reason that turns many away at one instant would else bring them back at one instant.
/// </summary>
internal static class RetryAfter
{
    /// <summary>For what passes by itself in a moment, in seconds.</summary>
    public const int Soon = 2;

    private const int LeastScatter = 3;
    private const int Part = 5;

    public static void Set(HttpResponse response, int seconds) => response.Headers.RetryAfter = Scattered(seconds, Random.Shared).ToString();

    internal static int Scattered(int seconds, Random random) => seconds + random.Next(Math.Max(LeastScatter, seconds / Part) + 1);
}
