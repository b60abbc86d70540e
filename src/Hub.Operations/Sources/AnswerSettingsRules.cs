using System.Text;
using Hub.Engine.Intake;
using Hub.Fields.Charsets;

namespace Hub.Operations.Sources;

/// <summary>What the setting must fulfil by which a Source answers.</summary>
internal static class AnswerSettingsRules
{
    private const int LongestBody = 16 << 10;
    private const int LongestWait = 60;

    private static readonly Dictionary<string, AnswerMode> Modes = new(StringComparer.Ordinal)
    {
        ["at_once"] = AnswerMode.AtOnce,
        ["when_finished"] = AnswerMode.WhenFinished,
        ["step"] = AnswerMode.Step,
        ["static"] = AnswerMode.Static,
    };

    /// <param name="wanted">One that passed <see cref="Check"/>.</param>
    public static AnswerSettings? Read(NewAnswer? wanted) =>
        wanted is null
            ? null
            : new AnswerSettings
            {
                Mode = Modes[wanted.Mode!],
                WaitSeconds = wanted.WaitSeconds,
                Status = wanted.Status,
                ContentType = wanted.ContentType,
                Body = wanted.Body,
            };

    public static void Check(NewAnswer? answer, List<FieldError> errors)
    {
        if (answer is null)
        {
            return;
        }

        SourceRules.CheckUnknown(answer.Unknown, "/respond", "mode, waitSeconds, status, contentType and body", errors);
        if (answer.Mode is null || !Modes.TryGetValue(answer.Mode, out var mode))
        {
            errors.Add(
                new(
                    "/respond/mode",
                    "mode_invalid",
                    $"'{answer.Mode}' is no way to answer.",
                    $"Choose one of {string.Join(", ", Modes.Keys)}, or leave out respond to answer at once."
                )
            );
            return;
        }

        CheckWait(answer, mode is AnswerMode.WhenFinished or AnswerMode.Step, errors);
        CheckGiven(answer, mode == AnswerMode.Static, errors);
    }

    private static void CheckWait(NewAnswer answer, bool waits, List<FieldError> errors)
    {
        if (answer.WaitSeconds is not null && !waits)
        {
            errors.Add(
                new("/respond/waitSeconds", "field_useless", $"The mode '{answer.Mode}' does not wait.", "Leave it out, or choose when_finished or step.")
            );
        }
        else if (answer.WaitSeconds is < 1 or > LongestWait)
        {
            errors.Add(
                new(
                    "/respond/waitSeconds",
                    "wait_invalid",
                    $"A wait lies between 1 and {LongestWait} seconds.",
                    $"Leave it out for {AnswerSettings.DefaultWaitSeconds}."
                )
            );
        }
    }

    private static void CheckGiven(NewAnswer answer, bool given, List<FieldError> errors)
    {
        if (!given)
        {
            foreach (
                var (field, isSet) in (ReadOnlySpan<(string, bool)>)
                    [("status", answer.Status is not null), ("contentType", answer.ContentType is not null), ("body", answer.Body is not null)]
            )
            {
                if (isSet)
                {
                    errors.Add(
                        new($"/respond/{field}", "field_useless", $"The mode '{answer.Mode}' makes its answer itself.", "Leave it out, or choose static.")
                    );
                }
            }

            return;
        }

        if (answer.Status is < 200 or > 299)
        {
            errors.Add(
                new(
                    "/respond/status",
                    "status_invalid",
                    "A delivery that was kept is answered with 200 to 299: anything else would make the sender send it again.",
                    "Leave it out for 200."
                )
            );
        }

        if (answer.ContentType is { } type && !AnswerContentType.IsValid(type))
        {
            errors.Add(
                new(
                    "/respond/contentType",
                    "content_type_invalid",
                    $"'{type}' is not a media type.",
                    "Such as 'application/json'; leave it out for plain text."
                )
            );
        }

        CheckCharset(answer, errors);
        if (answer.Body is { } body && Encoding.UTF8.GetByteCount(body) is var size && (size > LongestBody || (size > 0 && answer.Status is 204 or 205)))
        {
            errors.Add(
                new(
                    "/respond/body",
                    "body_invalid",
                    $"A body has up to {LongestBody} bytes, and none with the status 204 or 205.",
                    "Shorten it, or leave it out."
                )
            );
        }
    }

    private static void CheckCharset(NewAnswer answer, List<FieldError> errors)
    {
        if (EncodedText.UnknownIn(answer.ContentType) is { } unknown)
        {
            errors.Add(new("/respond/contentType", "charset_unknown", $"There is no charset '{unknown}'.", "Name utf-8, or leave the charset out."));
        }
        else if (answer.Body is { } body && !EncodedText.TryWrite(body, answer.ContentType, out _, out var unwritable))
        {
            errors.Add(new("/respond/body", "body_invalid", $"The body {unwritable}", "Name utf-8 in contentType, or leave those characters out."));
        }
    }
}
