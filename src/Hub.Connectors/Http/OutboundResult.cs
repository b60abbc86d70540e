using System.Diagnostics.CodeAnalysis;
using Hub.Connectors.Contract;

namespace Hub.Connectors.Http;

/// <summary>An answer of whatever status, or why there was none. Disposed when the answer has become an output or an error.</summary>
public sealed record OutboundResult : IDisposable
{
    private readonly IDisposable? _place;

    private OutboundResult(OutboundResponse? response, ConnectorError? error, IDisposable? place = null) =>
        (Response, Error, _place) = (response, error, place);

    public OutboundResponse? Response { get; }

    public ConnectorError? Error { get; }

    /// <param name="response">The answer.</param>
    /// <param name="place">What a large one holds until it is disposed of.</param>
    public static OutboundResult Answered(OutboundResponse response, IDisposable? place = null) => new(response, null, place);

    public static OutboundResult Failed(ConnectorError error) => new(null, error);

    public void Dispose() => _place?.Dispose();

    /// <summary>True with a 2xx answer; else <paramref name="error"/> says why, <c>http_status</c> for other answers.</summary>
    public bool TryGetSuccess(
        IReadOnlyCollection<string> secrets,
        [NotNullWhen(true)] out OutboundResponse? response,
        [NotNullWhen(false)] out ConnectorError? error
    )
    {
        response = Response is { IsSuccess: true } ? Response : null;
        error = response is not null ? null : Error ?? OutboundErrors.HttpStatus(Response!, secrets);
        return response is not null;
    }
}
