namespace Hub.Signatures.Doctor;

/// <summary>A secret that the Source has accepted and accepts no more.</summary>
/// <param name="At">From then on.</param>
public readonly record struct EndedSecret(string Text, DateTimeOffset At)
{
    // A record would print the secret.
    public override string ToString() => $"ended at {At:O}";
}
