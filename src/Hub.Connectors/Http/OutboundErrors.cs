using System.Net;
using System.Net.Sockets;
using Hub.Connectors.Contract;
using Hub.Fields;

namespace Hub.Connectors.Http;

/// <summary>The errors of outgoing HTTP. Messages name scheme, host and port only: paths and queries may hold secrets.</summary>
public static class OutboundErrors
{
    /// <summary>A parsed answer holds some twelve bytes for each value and name, so these are bounded too: one for so many bytes of the limit.</summary>
    internal const int BytesForValue = 8;

    private const string TooLarge = "too_large";
    private const string InvalidUrlCode = "invalid_url";

    public static ConnectorError InvalidUrl(string message) => new(InvalidUrlCode, message, Retryable: false);

    /// <summary>The same of a URL that is an input.</summary>
    public static ConnectorError InvalidUrl(InputError error) => ConnectorError.OfInputs(InvalidUrlCode, error);

    /// <summary>The credential is not for this host. Nothing was sent.</summary>
    /// <param name="hosts">Where it may go; null when nothing says so.</param>
    public static ConnectorError CredentialHostRefused(Uri url, HostList? hosts) =>
        new(
            "credential_host_refused",
            $"The credential may not be sent to {Place(url)}. "
                + (
                    hosts is null or { IsEmpty: true }
                        ? "It names no hosts, and so goes only to a host that the workflow writes out. Write the host out, or give the credential its 'hosts'."
                        : $"It may be sent to {hosts}. Correct the address, or the credential's 'hosts'."
                ),
            Retryable: false
        );

    public static ConnectorError Timeout(Uri url, TimeSpan limit) =>
        new("timeout", $"{Place(url)} did not answer within {limit.TotalSeconds:0.###} s.", Retryable: true);

    public static ConnectorError TooManyRedirects(Uri url, int limit) =>
        new("too_many_redirects", $"{Place(url)} redirects further after {limit} redirects.", Retryable: false);

    public static ConnectorError ResponseTooLarge(Uri url, int limit) =>
        new(
            TooLarge,
            $"The answer of {Place(url)} is longer than {limit} bytes (Hub__Outbound__MaxResponseBytes). Ask for less, or raise the limit.",
            Retryable: false
        );

    /// <summary>The bytes are not too many, but what they would be as a JSON value is.</summary>
    public static ConnectorError ResponseTooLargeAsJson(Uri url, int limit) =>
        new(
            TooLarge,
            $"The answer of {Place(url)} takes more than {limit} bytes as JSON (Hub__Outbound__MaxResponseBytes). Ask for less, or raise the limit.",
            Retryable: false
        );

    public static ConnectorError TooManyValues(Uri url, int most) =>
        new(
            TooLarge,
            $"The answer of {Place(url)} has more than {most} values and names, one for every {BytesForValue} bytes of Hub__Outbound__MaxResponseBytes. "
                + "Ask for less, or raise the limit.",
            Retryable: false
        );

    public static ConnectorError InvalidResponse(Uri url, string what) =>
        new("invalid_response", $"The answer of {Place(url)} cannot be read: {what}.", Retryable: true);

    /// <summary>An answer outside 2xx. Retryable as <see cref="RetryHint.IsRetryable"/> says; the body goes along, masked and shortened.</summary>
    public static ConnectorError HttpStatus(OutboundResponse response, IReadOnlyCollection<string> secrets) =>
        new(
            "http_status",
            $"{Place(response.Url)} answered {response.Status}{Phrase(response.Status)}.",
            RetryHint.IsRetryable(response.Status),
            response.RetryAfter,
            response.Status,
            ResponseBody.ForError(response, secrets)
        );

    /// <summary>Sorts what SocketsHttpHandler throws. The original message is not passed on: it may hold the whole URL.</summary>
    internal static ConnectorError From(Exception failure, Uri url, TimeSpan connectTimeout)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressRefusedException refused:
                    return AddressRefused(url, refused);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }:
                    return new("name_not_resolved", $"The name {url.IdnHost} cannot be resolved.", Retryable: true);
                case System.Security.Authentication.AuthenticationException:
                    return new("tls_failed", $"No trusted TLS connection to {Place(url)}: {cause.Message}", Retryable: false);
                case TimeoutException:
                    return new("timeout", $"{Place(url)} did not accept a connection within {connectTimeout.TotalSeconds:0.###} s.", Retryable: true);
            }
        }

        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new(
                "name_not_resolved",
                $"The name {url.IdnHost} cannot be resolved.",
                Retryable: true
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(
                "tls_failed",
                $"No trusted TLS connection to {Place(url)}.",
                Retryable: false
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(
                TooLarge,
                $"The head of the answer of {Place(url)} is too long.",
                Retryable: false
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new(
                "connect_failed",
                $"No connection to {Place(url)}{SocketCause(failure)}.",
                Retryable: true
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } or InvalidDataException => InvalidResponse(url, "it is malformed"),
            _ => new("connection_lost", $"The connection to {Place(url)} ended before the answer did{SocketCause(failure)}.", Retryable: true),
        };
    }

    /// <summary>Scheme, host and port.</summary>
    internal static string Place(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static ConnectorError AddressRefused(Uri url, AddressRefusedException refused)
    {
        var address = refused.Address.IsIPv4MappedToIPv6 ? refused.Address.MapToIPv4() : refused.Address;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var remedy = refused.MayBeAllowed
            ? $" If it is meant to be, allow it: Hub__Outbound__AllowedNetworks__0={address}/{bits}:{url.Port} (with the next number where 0 is taken)"
            : "";
        return new("address_refused", $"{url.IdnHost}:{url.Port} is at {address}, {refused.What}, which may not be called.{remedy}", Retryable: false);
    }

    private static string SocketCause(Exception failure) => failure.InnerException is SocketException socket ? $" ({socket.SocketErrorCode})" : "";

    private static string Phrase(int status) => Enum.IsDefined((HttpStatusCode)status) ? $" ({(HttpStatusCode)status})" : "";
}
