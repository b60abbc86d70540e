namespace Hub.Fields;

/// <summary>What is wrong with one of a step's inputs.</summary>
/// <param name="Pointer">JSON Pointer within the inputs, such as <c>/headers/X-Id</c>; empty for all of them.</param>
/// <param name="Message">A sentence that repeats nothing of the value.</param>
public sealed record InputError(string Pointer, string Message)
{
    /// <summary>Of an input, or of a member of it.</summary>
    public static InputError At(string input, string? member, string message) =>
        new(member is null ? $"/{PointerText.Escape(input)}" : $"/{PointerText.Escape(input)}/{PointerText.Escape(member)}", message);

    public override string ToString() => Pointer.Length == 0 ? Message : $"{Pointer}: {Message}";
}
