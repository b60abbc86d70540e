using Hub.Api.Errors;
using Hub.Storage.Sources;

namespace Hub.Api.Sources;

/// <summary>The Source as it is now, or why it was left as it was; nothing of all when it does not exist.</summary>
/// <param name="UsedBy">The workflow that refers to it by the name it has.</param>
internal readonly record struct SourceChange(Source? Source = null, IReadOnlyList<FieldError>? Errors = null, string? UsedBy = null, bool NameTaken = false)
{
    public static SourceChange Missing => default;
}
