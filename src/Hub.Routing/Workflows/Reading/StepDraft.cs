namespace Hub.Routing.Workflows.Reading;

/// <summary>A step as far as it could be read; what is missing is empty.</summary>
/// <param name="Description">What its type takes; null when the type is not known.</param>
internal sealed record StepDraft(JsonPlace Place, StepDefinition Definition, StepTypeDescription? Description)
{
    public string Id => Definition.Id;

    /// <summary>The step's name in messages.</summary>
    public string Label => Id.Length > 0 ? $"'{Id}'" : Place.Path();
}
