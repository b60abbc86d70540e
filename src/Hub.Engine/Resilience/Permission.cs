namespace Hub.Engine.Resilience;

/// <summary>Whether a destination may be called.</summary>
/// <param name="In">How long until it is this call's turn; null when it is put off.</param>
/// <param name="Term">Under which the call is made: how it ends says nothing in another one.</param>
internal readonly record struct Permission(TimeSpan? In, int Term)
{
    public bool IsNow => In == TimeSpan.Zero;
}
