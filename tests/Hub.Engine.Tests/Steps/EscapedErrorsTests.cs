using System.Net.Sockets;
using System.Text.RegularExpressions;
using Hub.Engine.Steps;
using Npgsql;

namespace Hub.Engine.Tests.Steps;

public sealed class EscapedErrorsTests
{
    private static readonly Dictionary<string, (Exception Error, string? Code)> Cases = new(StringComparer.Ordinal)
    {
        ["a timeout"] = (new TimeoutException(), "timeout"),
        ["the action's own deadline"] = (new TaskCanceledException("", new TimeoutException()), "timeout"),
        ["a reset connection"] = (new IOException("", new SocketException((int)SocketError.ConnectionReset)), "connection_lost"),
        ["a broken pipe"] = (new IOException("broken pipe"), "connection_lost"),
        ["a stream that ended"] = (new EndOfStreamException(), "connection_lost"),
        ["a socket"] = (new SocketException((int)SocketError.ConnectionRefused), "connection_lost"),
        ["a database of the connector's own"] = (new NpgsqlException("", new TimeoutException()), "connection_lost"),
        ["a slow regular expression"] = (new RegexMatchTimeoutException(), null),
        ["a missing file"] = (new FileNotFoundException(), null),
        ["a missing folder"] = (new DirectoryNotFoundException(), null),
        ["a bug"] = (new InvalidOperationException(), null),
    };

    public static TheoryData<string> Names() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Exception_ThatAnActionLetEscape_HasThisCode(string name)
    {
        var error = EscapedErrors.Of(Cases[name].Error);
        Assert.Equal(Cases[name].Code, error?.Code);
        Assert.True(error?.Retryable ?? true);
    }
}
