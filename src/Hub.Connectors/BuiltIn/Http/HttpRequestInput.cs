using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Fields;
using Hub.Fields.Charsets;
using Hub.Fields.Headers;

namespace Hub.Connectors.BuiltIn.Http;

/// <summary>Turns the action's input into a call.</summary>
internal static class HttpRequestInput
{
    private const int MaxUrlLength = 32 * 1024;

    /// <summary>The hub's own key makes repeated tries recognisable, so a workflow cannot set it.</summary>
    private const string IdempotencyHeader = "Idempotency-Key";

    public static bool TryRead(
        ActionContext context,
        IReadOnlyCollection<string> secrets,
        [NotNullWhen(true)] out OutboundRequest? request,
        [NotNullWhen(false)] out ConnectorError? error
    )
    {
        request = null;
        var input = context.Input;
        if (!TryReadUrl(input, out var url, out error))
        {
            return false;
        }

        var errors = new List<InputError>();
        var headers = ReadHeaders(input, errors);
        var body = ReadBody(input, headers.GetValueOrDefault("Content-Type"), errors, out var contentType);
        if (errors.Count > 0)
        {
            error = FieldErrors.InvalidInput(errors);
            return false;
        }

        if (!HttpCredential.TryApply(context.Credential, headers, out error))
        {
            return false;
        }

        headers[IdempotencyHeader] = context.IdempotencyKey;
        headers.TryAdd("User-Agent", UserAgent.Value);
        headers.TryAdd("Accept", "*/*");
        request = new OutboundRequest(Optional(input, "method")?.GetString()?.ToUpperInvariant() ?? (body is null ? "GET" : "POST"), url)
        {
            Headers = [.. headers],
            Body = body,
            ContentType = contentType,
            Secrets = secrets,
            CredentialHosts = HttpCredential.HostsOf(context, url),
            Timeout = Optional(input, "timeout") is { } timeout && DurationText.TryParse(timeout.GetString(), out var duration) ? duration : null,
        };
        return true;
    }

    private static bool TryReadUrl(JsonElement input, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out ConnectorError? error)
    {
        error = null;
        var text = input.GetProperty("url").GetString()!.Trim();
        if (!Uri.TryCreate(text, UriKind.Absolute, out url))
        {
            error = OutboundErrors.InvalidUrl(OfUrl("is not an absolute URL."));
            return false;
        }

        if (UrlRules.ErrorOf(url) is { } wrong)
        {
            error = OutboundErrors.InvalidUrl(OfUrl(wrong));
            return false;
        }

        if (!QueryText.TryAppend(url, Optional(input, "query"), out url, out var queryError))
        {
            error = FieldErrors.InvalidInput(queryError);
            return false;
        }

        if (url.OriginalString.Length > MaxUrlLength)
        {
            error = OutboundErrors.InvalidUrl(OfUrl($"is longer than {MaxUrlLength} characters with its query."));
            return false;
        }

        return true;
    }

    private static Dictionary<string, string> ReadHeaders(JsonElement input, List<InputError> errors)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Optional(input, "headers") is not { } given)
        {
            return headers;
        }

        foreach (var header in given.EnumerateObject())
        {
            if (ScalarText.Of(header.Value) is not { } value)
            {
                if (header.Value.ValueKind != JsonValueKind.Null)
                {
                    errors.Add(InputError.At("headers", header.Name, "must be a text, a number or a boolean."));
                }
            }
            else if (!HeaderRules.IsName(header.Name))
            {
                errors.Add(InputError.At("headers", header.Name, "is a name that no header can have: write letters, digits and hyphens."));
            }
            else if (!HeaderRules.IsValue(value))
            {
                errors.Add(InputError.At("headers", header.Name, "holds a line break or another control character."));
            }
            else if (HeaderRules.IsFraming(header.Name))
            {
                errors.Add(InputError.At("headers", header.Name, "is set by the hub."));
            }
            else
            {
                headers[header.Name] = value.Trim();
            }
        }

        return headers;
    }

    /// <param name="given">The Content-Type of the headers, in whose charset a text is sent.</param>
    private static ReadOnlyMemory<byte>? ReadBody(JsonElement input, string? given, List<InputError> errors, out string? contentType)
    {
        contentType = null;
        if (Optional(input, "body") is not { } body)
        {
            return null;
        }

        var isText = body.ValueKind == JsonValueKind.String;
        contentType = isText ? "text/plain; charset=utf-8" : "application/json";
        if (!isText)
        {
            return JsonMarshal.GetRawUtf8Value(body).ToArray();
        }

        if (!EncodedText.TryWrite(body.GetString()!, given, out var bytes, out var error))
        {
            errors.Add(InputError.At("body", null, error));
        }

        return bytes;
    }

    private static InputError OfUrl(string message) => InputError.At("url", null, message);

    private static JsonElement? Optional(JsonElement input, string name) =>
        input.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
