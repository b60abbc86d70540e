using System.Text.Json;

namespace Hub.Connectors.Contract;

/// <summary>What an action gets for one try.</summary>
/// <param name="Input">The rendered <c>with</c>, an object.</param>
/// <param name="Credential">The credential's fields by name, decrypted; null when the step names none. Never to be logged or returned.</param>
/// <param name="IdempotencyKey">
/// The same for every try of this step in this execution: <c>execution id-step id</c>; for an item of a loop the path of its iterations stands between.
/// </param>
public sealed record ActionContext(JsonElement Input, IReadOnlyDictionary<string, string>? Credential, string IdempotencyKey)
{
    /// <summary>Whether the workflow's document alone decides which host is called, so that no value from outside chose it.</summary>
    public bool HostIsWrittenOut { get; init; }
}
