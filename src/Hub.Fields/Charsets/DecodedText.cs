namespace Hub.Fields.Charsets;

/// <param name="Text">Without a byte order mark.</param>
/// <param name="Charset">What it was read in.</param>
/// <param name="IsLossy">Whether bytes without a meaning stand as U+FFFD.</param>
public readonly record struct DecodedText(string Text, Charset Charset, bool IsLossy)
{
    /// <summary>What people should know of a body that was read so; null when there is nothing to tell.</summary>
    /// <param name="isJson">Whether it is given out as JSON although it is not UTF-8.</param>
    public string? NoteOf(bool isJson) =>
        isJson ? $"The body is not UTF-8, as JSON has to be, and is text here, read as {Charset.Name}.{LossyNote}"
        : IsLossy ? $"The body was read as {Charset.Name}.{LossyNote}"
        : null;

    private string LossyNote => IsLossy ? TextDecoder.LossyNote : "";
}
