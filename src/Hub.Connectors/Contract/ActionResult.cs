using System.Text.Json;

namespace Hub.Connectors.Contract;

/// <summary>How one try ended: an output, or an error with a retry hint.</summary>
public sealed record ActionResult
{
    private ActionResult() { }

    /// <summary>The output, any JSON value; undefined when failed.</summary>
    public JsonElement Output { get; private init; }

    /// <summary>Null when succeeded.</summary>
    public ConnectorError? Error { get; private init; }

    public static ActionResult Succeeded(JsonElement output) => new() { Output = output };

    public static ActionResult Failed(ConnectorError error) => new() { Error = error };
}

/// <summary>Why a try failed.</summary>
/// <param name="Code">Stable, lower-case, with underscores: <c>http_status</c>, <c>connect_refused</c>, <c>address_refused</c>, <c>timeout</c>,
/// <c>channel_not_found</c>.</param>
/// <param name="Message">A sentence for a person; never holds a secret.</param>
/// <param name="Retryable">Whether the same call may succeed later.</param>
/// <param name="RetryAfter">What the other side asked to wait, when it did.</param>
/// <param name="HttpStatus">The answer's status, when there was an answer.</param>
/// <param name="Response">The answer's body as a JSON value (text when it was not JSON), shortened to 16 KiB.</param>
public sealed record ConnectorError(
    string Code,
    string Message,
    bool Retryable,
    TimeSpan? RetryAfter = null,
    int? HttpStatus = null,
    JsonElement? Response = null
);
