using Microsoft.Extensions.Options;

namespace Hub.Storage.Pausing;

/// <summary>
/// Whether this hub is paused: it then receives nothing and begins no work until a person resumes it. The one place that says so. A hub is paused
/// from its start or not at all, so whatever begins work is simply not started before (WorkServices).
/// </summary>
public sealed class HubPause(IOptions<HubStartOptions> options, HubDatabase database)
{
    private readonly HubStart _start = options.Value.Start;
    private volatile bool _isResumed;

    public bool IsPaused => Reason is not null;

    /// <summary>Why, as the rest of a sentence; null when it is not paused. Known once the database has started.</summary>
    public string? Reason =>
        _isResumed || _start == HubStart.Running ? null
        : _start == HubStart.Paused ? "it was started with Hub:Start=paused"
        : database.WhyStrange;

    /// <summary>Everything that begins work was started.</summary>
    public void End() => _isResumed = true;
}
