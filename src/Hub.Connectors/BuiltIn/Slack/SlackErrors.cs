using System.Collections.Frozen;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;

namespace Hub.Connectors.BuiltIn.Slack;

/// <summary>What Slack's error codes mean to a person, and whether to try again (docs.slack.dev/reference/methods/chat.postMessage#errors).</summary>
internal static class SlackErrors
{
    private static readonly FrozenSet<string> Passing = FrozenSet.Create(
        "ratelimited",
        "rate_limited",
        "message_limit_exceeded",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org"
    );

    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>
    {
        ["ratelimited"] = "Slack takes no more messages for a while.",
        ["rate_limited"] = "Slack takes no more messages for a while.",
        ["message_limit_exceeded"] = "The workspace's limit of messages is used up for now.",
        ["channel_not_found"] = "There is no such channel, or the bot cannot see it. Give its name with # or its id, and invite the bot to private channels.",
        ["not_in_channel"] = "The bot is not in the channel. Invite it, or give it the scope chat:write.public.",
        ["is_archived"] = "The channel is archived.",
        ["msg_too_long"] = "The text is too long for Slack.",
        ["no_text"] = "The message has neither text nor blocks.",
        ["invalid_blocks"] = "Slack does not accept the blocks; the response says which.",
        ["invalid_blocks_format"] = "The blocks are not an array of Block Kit objects.",
        ["too_many_attachments"] = "The message has too many attachments.",
        ["restricted_action"] = "The workspace does not let the bot post in this channel.",
        ["thread_not_found"] = "There is no thread with this thread_ts in the channel.",
        ["cannot_reply_to_message"] = "This message cannot be replied to.",
        ["not_authed"] = "The credential's token did not reach Slack.",
        ["invalid_auth"] = "Slack does not know the credential's token.",
        ["account_inactive"] = "The credential's token belongs to a deleted user or workspace.",
        ["token_revoked"] = "The credential's token was revoked.",
        ["token_expired"] = "The credential's token has expired.",
        ["not_allowed_token_type"] = "The credential's token is of another kind; a bot token starts with xoxb-.",
        ["missing_scope"] = "The credential's token lacks the scope chat:write; the response says what it has.",
        ["no_permission"] = "The credential's token may not do this.",
        ["team_access_not_granted"] = "The app has no access to this workspace.",
        ["ekm_access_denied"] = "The workspace's administrators have suspended posting.",
        ["access_denied"] = "The workspace's administrators do not allow this.",
        ["invalid_arguments"] = "Slack does not accept an input; the response says which.",
        ["team_added_to_org"] = "The workspace is being moved to an organisation.",
        ["internal_error"] = "Slack failed.",
        ["fatal_error"] = "Slack failed.",
        ["service_unavailable"] = "Slack is not available.",
        ["request_timeout"] = "Slack did not read the request in time.",
    }.ToFrozenDictionary();

    /// <summary>An answer that is not ok. Codes that are not known are passed on and not tried again, unless the status says otherwise.</summary>
    public static ConnectorError From(string? code, OutboundResponse response, IReadOnlyCollection<string> secrets)
    {
        var stable =
            response.Status == 429 ? "ratelimited"
            : IsCode(code) ? code!
            : "unknown_error";
        var sentence = Sentences.GetValueOrDefault(stable, "Slack refused the message.");
        return OutboundErrors.HttpStatus(response, secrets) with
        {
            Code = stable,
            Message = $"{sentence} ({stable})",
            Retryable = Passing.Contains(stable) || (!response.IsSuccess && RetryHint.IsRetryable(response.Status)),
        };
    }

    private static bool IsCode(string? code) =>
        code is { Length: > 0 and <= 64 } && code.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
