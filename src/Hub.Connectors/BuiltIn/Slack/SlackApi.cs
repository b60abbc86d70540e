using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Connectors.Secrets;
using Hub.Fields.Headers;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.BuiltIn.Slack;

/// <summary>Calls methods of Slack's Web API: JSON in, and an answer that says <c>ok</c> whatever its status (docs.slack.dev/apis/web-api).</summary>
internal sealed class SlackApi(GuardedHttpClient http, IOptions<SlackOptions> options)
{
    /// <summary>The whole answer of a successful call.</summary>
    public async Task<ActionResult> CallAsync(string method, JsonElement arguments, ActionContext context, CancellationToken cancellationToken)
    {
        var token = context.Credential!["token"];
        if (!HeaderRules.IsValue(token))
        {
            return ActionResult.Failed(FieldErrors.InvalidCredential("The credential's token holds a line break or another control character."));
        }

        var secrets = SecretMask.SecretsOf(SlackConnector.Declared.CredentialFields, context.Credential);
        var request = new OutboundRequest("POST", new Uri(options.Value.BaseAddress, method))
        {
            Headers = [new("Authorization", "Bearer " + token), new("Idempotency-Key", context.IdempotencyKey), new("User-Agent", UserAgent.Value)],
            Body = JsonMarshal.GetRawUtf8Value(arguments).ToArray(),
            ContentType = "application/json; charset=utf-8",
            Secrets = secrets,
            CredentialHosts = HostList.Of(options.Value.BaseAddress),
        };
        using var result = await http.SendAsync(request, cancellationToken);
        return result.Response is { } response ? Read(response, secrets) : ActionResult.Failed(result.Error!);
    }

    private static ActionResult Read(OutboundResponse response, IReadOnlyList<string> secrets)
    {
        var hasAnswer =
            ResponseBody.TryParse(response.Body, out var answer)
            && answer.ValueKind == JsonValueKind.Object
            && answer.TryGetProperty("ok", out var ok)
            && ok.ValueKind is JsonValueKind.True or JsonValueKind.False;
        if (hasAnswer && response.IsSuccess && answer.GetProperty("ok").GetBoolean())
        {
            return ActionResult.Succeeded(answer);
        }

        if (response.Status == 429 || (hasAnswer && !answer.GetProperty("ok").GetBoolean()))
        {
            return ActionResult.Failed(SlackErrors.From(hasAnswer ? CodeOf(answer) : null, response, secrets));
        }

        return ActionResult.Failed(
            response.IsSuccess
                ? OutboundErrors.InvalidResponse(response.Url, "it is not an answer of Slack's Web API")
                : OutboundErrors.HttpStatus(response, secrets)
        );
    }

    private static string? CodeOf(JsonElement answer) =>
        answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString() : null;
}
