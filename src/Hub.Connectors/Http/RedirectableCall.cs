using System.Diagnostics.CodeAnalysis;
using System.Net;
using Hub.Connectors.Secrets;

namespace Hub.Connectors.Http;

/// <summary>A call as it stands after the redirects so far (RFC 9110, 15.4).</summary>
internal sealed class RedirectableCall(OutboundRequest request)
{
    private string method = request.Method;
    private ReadOnlyMemory<byte>? body = request.Body;
    private bool leftOrigin;
    private SecretMask? mask;

    public Uri Url { get; private set; } = request.Url;

    // Needed only once another origin is called.
    private SecretMask Mask => mask ??= new SecretMask(request.Secrets);

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(method), Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (body is { } bytes)
        {
            message.Content = new ReadOnlyMemoryContent(bytes);
        }

        var mustLeaveCredentials = leftOrigin || !request.MayGoTo(Url);
        foreach (var (name, value) in request.Headers)
        {
            if (mustLeaveCredentials && IsCredential(name, value))
            {
                continue;
            }

            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                // Content headers go with a body only; a redirect may have taken it away.
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (message.Content is { Headers: var content } && request.ContentType is { } type && !content.NonValidated.Contains("Content-Type"))
        {
            content.TryAddWithoutValidation("Content-Type", type);
        }

        return message;
    }

    public bool IsRedirect(HttpResponseMessage answer, [NotNullWhen(true)] out Uri? target)
    {
        target = null;
        return (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location && Uri.TryCreate(Url, location, out target);
    }

    public void Redirect(int status, Uri target)
    {
        if ((status == 303 && method != "HEAD") || (status is 301 or 302 && method == "POST"))
        {
            method = "GET";
            body = null;
        }

        leftOrigin |= !SameOrigin(Url, target);
        Url = target;
    }

    // Once another origin was passed, its answer leads the way: credentials stay behind even when it points back.
    private static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private bool IsCredential(string name, string value) =>
        SecretNames.IsHeader(name) || request.Secrets.Any(secret => secret.Length > 0 && value.Contains(secret, StringComparison.Ordinal)) || Mask.IsIn(value);
}
