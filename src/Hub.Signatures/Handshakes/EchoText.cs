using System.Buffers;

namespace Hub.Signatures.Handshakes;

/// <summary>What of a request may be repeated in an answer: nothing that a browser could take for markup, nothing that is JSON but a number.</summary>
internal static class EchoText
{
    public const int MaxLength = 512;

    private static readonly SearchValues<char> Safe = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_.~:+/=,;@!$*()|#");

    private static readonly SearchValues<char> Token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=");

    public static bool IsSafe(string? text) => text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Safe);

    /// <summary>A value without white space and punctuation that would begin JSON or part a form.</summary>
    public static bool IsToken(string? text) => text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Token);

    /// <summary>Whether nothing that holds this text can be a token.</summary>
    public static bool HoldsOtherThanToken(string text) => text.AsSpan().ContainsAnyExcept(Token);
}
