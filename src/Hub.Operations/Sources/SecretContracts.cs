using System.ComponentModel.DataAnnotations;

namespace Hub.Operations.Sources;

/// <param name="Secret">What the sender signs with from now on. Stored encrypted, never returned.</param>
/// <param name="ExpireOthersAfter">How long the others are still accepted, such as <c>24h</c>; without end unless given.</param>
public sealed record NewSecret([property: Required] string? Secret, string? ExpireOthersAfter);

/// <param name="LastUsedAt">When a delivery was last signed with it, to about a minute; null when none was.</param>
/// <param name="ExpiresAt">From then on it is not accepted; null when it holds until it is removed.</param>
/// <param name="Hint">Its last characters; null when it is too short to show any.</param>
/// <param name="Unreadable">Whether it cannot be decrypted. Nothing is accepted with it: bring back the key, or add the secret again and remove this
/// one.</param>
public sealed record SecretView(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt, string? Hint, bool Unreadable);

/// <param name="Handshake">What the scheme calls it.</param>
/// <param name="Secret">What was handed over. Compare it with what the provider shows before you adopt it: anybody who knows the address can send one. Null
/// when it cannot be decrypted.</param>
public sealed record HandshakeView(string Handshake, string? Secret, DateTimeOffset ReceivedAt);
