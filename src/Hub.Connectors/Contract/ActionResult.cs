using System.Text.Json;
using Hub.Fields;

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
)
{
    /// <summary>What is wrong with the step's inputs, when that is the reason: the engine puts the places in the document into the message.</summary>
    public IReadOnlyList<InputError> Inputs { get; init; } = [];

    /// <summary>JSON Pointer of the first of them in the workflow's document, such as <c>/steps/2/with/text</c>. The engine sets it.</summary>
    public string? Pointer { get; init; }

    /// <summary>A step cannot take its inputs, and never will.</summary>
    public static ConnectorError OfInputs(string code, params IReadOnlyList<InputError> inputs) =>
        new(code, string.Join(' ', inputs), Retryable: false) { Inputs = inputs };
}
