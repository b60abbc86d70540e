using System.Security.Cryptography;
using System.Text;

namespace Hub.Signatures;

/// <summary>The keys of repeated deliveries as they are kept: an id as it was sent, or a hash. No sender can choose an id that is another's hash.</summary>
public static class ComputedKey
{
    /// <summary>Ids longer than this, in characters, are replaced by their hash.</summary>
    public const int MaxLength = 512;

    private const string BodyPrefix = "sha256:";
    private const string BatchPrefix = "batch:";
    private const string TextPrefix = "text:";

    /// <summary>The key of a whole body.</summary>
    public static string OfBody(ReadOnlySpan<byte> body) => BodyPrefix + HashOf(body);

    /// <summary>The key of several values.</summary>
    public static string OfBatch(ReadOnlySpan<byte> values) => BatchPrefix + HashOf(values);

    /// <summary>
    /// The key of an id that was sent: trimmed, hashed when it is longer than <see cref="MaxLength"/>, cannot be stored as text or looks like a hash of ours;
    /// null when there is nothing.
    /// </summary>
    public static string? OfText(string? id) =>
        id?.Trim() switch
        {
            null or "" => null,
            { Length: <= MaxLength } key when key[0] > ' ' && !key.Contains('\0', StringComparison.Ordinal) && !IsComputed(key) => key,
            { } key => TextPrefix + HashOf(Encoding.UTF8.GetBytes(key)),
        };

    private static bool IsComputed(string key) =>
        key.StartsWith(BodyPrefix, StringComparison.Ordinal)
        || key.StartsWith(BatchPrefix, StringComparison.Ordinal)
        || key.StartsWith(TextPrefix, StringComparison.Ordinal);

    private static string HashOf(ReadOnlySpan<byte> of) => Convert.ToHexStringLower(SHA256.HashData(of));
}
