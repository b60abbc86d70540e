using System.Text;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;

namespace Hub.Engine.Intake;

/// <summary>Decrypts what belongs to Sources. What cannot be decrypted is told apart, never thrown: one lost key must not close a Source.</summary>
public sealed class SecretReader(SecretVault vault)
{
    /// <summary>The secret in the clear; null when it cannot be decrypted.</summary>
    public string? Reveal(SourceSecret row) => Reveal(SecretPlace.SourceSecret(row.Id, row.SourceId), row.Protected);

    /// <inheritdoc cref="Reveal(SourceSecret)"/>
    public string? Reveal(SourceHandshake row) => Reveal(SecretPlace.Handshake(row.Id, row.SourceId), row.Protected);

    public LiveSecret Read(SourceSecret row) => new(row.Id, Reveal(row), row.CreatedAt, row.ExpiresAt);

    /// <summary>What to say of secrets of which some cannot be decrypted; null when all can.</summary>
    public static string? ProblemOf(IReadOnlyCollection<LiveSecret> secrets)
    {
        var unreadable = secrets.Count(static secret => secret.Text is null);
        return unreadable == 0
            ? null
            : $"{unreadable} of {secrets.Count} secrets cannot be decrypted: the key ring lacks their key, or they were changed in the database. "
                + "Bring back the missing file of the folder 'keys' and start the hub anew, or add the secrets again and remove the unreadable ones.";
    }

    private string? Reveal(SecretPlace place, byte[] kept) => vault.TryReveal(place, kept, out var secret) ? Encoding.UTF8.GetString(secret) : null;
}
