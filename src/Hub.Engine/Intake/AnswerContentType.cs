using Hub.Fields.Headers;
using Microsoft.Net.Http.Headers;

namespace Hub.Engine.Intake;

/// <summary>The Content-Type that a Source may be set to answer with.</summary>
public static class AnswerContentType
{
    /// <summary>Whether it can be sent: a media type, with parameters or without.</summary>
    public static bool IsValid(string text) => MediaTypeHeaderValue.TryParse(text, out _) && HeaderRules.IsValue(text) && text.All(char.IsAscii);
}
