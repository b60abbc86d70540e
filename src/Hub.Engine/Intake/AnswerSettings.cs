namespace Hub.Engine.Intake;

/// <summary>How a delivery that was kept is answered.</summary>
public sealed record AnswerSettings
{
    /// <summary>The longest wait for executions unless the Source says otherwise, in seconds.</summary>
    public const int DefaultWaitSeconds = 25;

    public AnswerMode Mode { get; init; }

    /// <summary>For <see cref="AnswerMode.WhenFinished"/> and <see cref="AnswerMode.Step"/>: the longest wait.</summary>
    public int? WaitSeconds { get; init; }

    /// <summary>For <see cref="AnswerMode.Static"/>: the status, 200 to 299.</summary>
    public int? Status { get; init; }

    /// <summary>For <see cref="AnswerMode.Static"/>: the body's type.</summary>
    public string? ContentType { get; init; }

    /// <summary>For <see cref="AnswerMode.Static"/>: the body.</summary>
    public string? Body { get; init; }
}

public enum AnswerMode
{
    /// <summary>202 with the delivery's id as soon as it is committed.</summary>
    AtOnce,

    /// <summary>200 with the outcome once the executions have ended, 202 when that takes too long.</summary>
    WhenFinished,

    /// <summary>What the workflow's <c>respond</c> step says; without one, as <see cref="WhenFinished"/>.</summary>
    Step,

    /// <summary>The same answer to every delivery, as soon as it is committed.</summary>
    Static,
}
