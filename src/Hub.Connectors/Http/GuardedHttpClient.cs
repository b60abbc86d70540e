using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Hub.Fields.Headers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.Http;

/// <summary>
/// The only way out for connectors. Checks every address really connected to, also after redirects; bounds time, redirects and the
/// length of the answer; keeps credentials on their origin. One instance serves the process.
/// </summary>
public sealed partial class GuardedHttpClient : IDisposable
{
    /// <summary>Timers cannot count much longer than this, and no call should.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    /// <summary>What an answer over HTTP/2 may send ahead while nobody reads it, in bytes.</summary>
    private const int WindowBytes = 256 << 10;

    private readonly HttpMessageInvoker _http;
    private readonly LargeAnswers _large;
    private readonly OutboundOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<GuardedHttpClient> _logger;

    public GuardedHttpClient(OutboundGuard guard, IOptions<OutboundOptions> options, TimeProvider time, ILogger<GuardedHttpClient> logger)
        : this(new OutboundConnector(guard, options), options, time, logger) { }

    internal GuardedHttpClient(OutboundConnector connector, IOptions<OutboundOptions> options, TimeProvider time, ILogger<GuardedHttpClient> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _large = new LargeAnswers(options);
        _http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                ConnectCallback = connector.ConnectAsync,
                ConnectTimeout = _options.ConnectTimeout,
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                MaxConnectionsPerServer = _options.MaxConnectionsPerServer,
                EnableMultipleHttp2Connections = true,
                InitialHttp2StreamWindowSize = WindowBytes,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
                RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
                ResponseHeaderEncodingSelector = static (_, _) => HeaderText.Encoding,

                // Trace ids are the hub's own matter.
                ActivityHeadersPropagator = null,
            }
        );
    }

    /// <summary>Calls and reads the whole answer. Failures are returned; only a bug or the caller's own cancellation throws.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<OutboundResult> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        if (UrlRules.ErrorOf(request.Url) is { } error)
        {
            return OutboundResult.Failed(OutboundErrors.InvalidUrl(error));
        }

        if (!request.MayGoTo(request.Url))
        {
            return OutboundResult.Failed(OutboundErrors.CredentialHostRefused(request.Url, request.CredentialHosts));
        }

        var timeout = request.Timeout ?? _options.RequestTimeout;
        timeout = timeout < LongestTimeout ? timeout : LongestTimeout;
        using var limit = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var call = new RedirectableCall(request);
        var started = _time.GetTimestamp();
        OutboundResult result;
        try
        {
            result = await FollowAsync(call, either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            result = OutboundResult.Failed(OutboundErrors.Timeout(call.Url, timeout));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            result = OutboundResult.Failed(OutboundErrors.From(failure, call.Url, _options.ConnectTimeout));
        }

        LogOutcome(request.Method, request.Url, result, _time.GetElapsedTime(started));
        return result;
    }

    public void Dispose()
    {
        _http.Dispose();
        _large.Dispose();
    }

    private async Task<OutboundResult> FollowAsync(RedirectableCall call, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var message = call.ToMessage();
            using var answer = await _http.SendAsync(message, cancellationToken);
            if (!call.IsRedirect(answer, out var target))
            {
                return await ReadAsync(call.Url, answer, cancellationToken);
            }

            if (redirects == _options.MaxRedirects)
            {
                return OutboundResult.Failed(OutboundErrors.TooManyRedirects(call.Url, _options.MaxRedirects));
            }

            if (UrlRules.ErrorOf(target) is { } error)
            {
                var from = OutboundErrors.Place(call.Url);
                return OutboundResult.Failed(OutboundErrors.InvalidUrl($"{from} redirects to an address that is not followed. {error}"));
            }

            call.Redirect((int)answer.StatusCode, target);
        }
    }

    private async Task<OutboundResult> ReadAsync(Uri url, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var receivedAt = _time.GetUtcNow();
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        IDisposable? place = null;
        try
        {
            var most = _options.MaxResponseBytes;
            var body = await BoundedBody.ReadAsync(stream, most, async token => place = await _large.TakeAsync(url, token), cancellationToken);
            if (body is not { } bytes)
            {
                return OutboundResult.Failed(OutboundErrors.ResponseTooLarge(url, most));
            }

            if (JsonTokens.AreMoreThan(most / OutboundErrors.BytesForValue, bytes.Span))
            {
                return OutboundResult.Failed(OutboundErrors.TooManyValues(url, most / OutboundErrors.BytesForValue));
            }

            var response = new OutboundResponse((int)answer.StatusCode, url, HeadersOf(answer), bytes, receivedAt) { MaxJsonBytes = most };
            var answered = OutboundResult.Answered(response, place);
            place = null;
            return answered;
        }
        finally
        {
            place?.Dispose();
        }
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage answer)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add(answer.Headers.NonValidated);
        Add(answer.Content.Headers.NonValidated);
        return headers;

        void Add(HttpHeadersNonValidated some)
        {
            foreach (var (name, values) in some)
            {
                headers[name.ToLowerInvariant()] = values.ToString();
            }
        }
    }

    private void LogOutcome(string method, Uri url, OutboundResult result, TimeSpan elapsed)
    {
        if (!_logger.IsEnabled(LogLevel.Debug))
        {
            return;
        }

        var place = OutboundErrors.Place(url);
        var outcome = result.Error?.Code ?? result.Response!.Status.ToString();
        Log.Called(_logger, method, place, outcome, elapsed.TotalMilliseconds);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Place}: {Outcome} in {Milliseconds} ms")]
        public static partial void Called(ILogger logger, string method, string place, string outcome, double milliseconds);
    }
}
