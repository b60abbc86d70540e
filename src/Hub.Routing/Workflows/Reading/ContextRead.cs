namespace Hub.Routing.Workflows.Reading;

/// <summary>A place that reads the run context.</summary>
/// <param name="Place">The text that reads.</param>
/// <param name="Names">The member names from the root on, as far as they are written out.</param>
/// <param name="IsPath">Whether a path reads, else a template.</param>
internal sealed record ContextRead(JsonPlace Place, IReadOnlyList<string> Names, bool IsPath)
{
    /// <summary>Whether it asks if something is there at all.</summary>
    public bool AsksPresence { get; init; }

    /// <summary>The step it reads from; null when it reads something else.</summary>
    public string? StepId => Names.Count > 1 && Names[0] == "steps" ? Names[1] : null;

    /// <summary>What it reads of the step, such as <c>output</c>; empty when the text does not tell.</summary>
    public string StepMember => Names.Count > 2 ? Names[2] : string.Empty;

    /// <summary>The first names as they are written: <c>steps.call.output</c>.</summary>
    public string Upto(int count) => Conditions.NearestName.Shorten(string.Join('.', Names.Take(count)));
}
