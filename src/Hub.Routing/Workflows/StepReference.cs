namespace Hub.Routing.Workflows;

/// <summary>An edge into a step: the step it comes from, and the port of that step; no port means any completion.</summary>
public sealed record StepReference(string StepId, string? Port)
{
    /// <summary>The port that a failed step leaves by.</summary>
    public const string ErrorPort = "error";

    public static StepReference Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new StepReference(text, null) : new StepReference(text[..dot], text[(dot + 1)..]);
    }

    public override string ToString() => Port is null ? StepId : $"{StepId}.{Port}";
}
