namespace Hub.Api.Pausing;

/// <param name="Status">running.</param>
/// <param name="WasPaused">Whether it was paused until now.</param>
internal sealed record ResumedHub(string Status, bool WasPaused);
