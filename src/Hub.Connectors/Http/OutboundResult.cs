using System.Diagnostics.CodeAnalysis;
using Hub.Connectors.Contract;

namespace Hub.Connectors.Http;

/// <summary>An answer of whatever status, or why there was none.</summary>
public sealed record OutboundResult
{
    private OutboundResult(OutboundResponse? response, ConnectorError? error) => (Response, Error) = (response, error);

    public OutboundResponse? Response { get; }

    public ConnectorError? Error { get; }

    public static OutboundResult Answered(OutboundResponse response) => new(response, null);

    public static OutboundResult Failed(ConnectorError error) => new(null, error);

    /// <summary>True with a 2xx answer; else <paramref name="error"/> says why, <c>http_status</c> for other answers.</summary>
    public bool TryGetSuccess(
        IReadOnlyCollection<string> secrets,
        [NotNullWhen(true)] out OutboundResponse? response,
        [NotNullWhen(false)] out ConnectorError? error)
    {
        response = Response is { IsSuccess: true } ? Response : null;
        error = response is not null ? null : Error ?? OutboundErrors.HttpStatus(Response!, secrets);
        return response is not null;
    }
}
