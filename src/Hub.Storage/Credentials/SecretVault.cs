using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Hub.Storage.Credentials;

/// <summary>
/// Encrypts secrets at rest, each for its place, with the key ring of the data directory. Without that ring, or at another place, they cannot be
/// decrypted.
/// </summary>
public sealed class SecretVault(IDataProtectionProvider protection)
{
    /// <summary>How what is bound to a place begins. What is not begins with the 9 of data protection's own header.</summary>
    private const byte Bound = 2;

    private readonly IDataProtector _places = protection.CreateProtector("FlowPilot.Secrets.v2");
    private readonly IDataProtector _unbound = protection.CreateProtector("FlowPilot.Secrets.v1");

    public byte[] Protect(SecretPlace place, byte[] secret) => [Bound, .. _places.CreateProtector(place.Text).Protect(secret)];

    /// <summary>False when the key ring lacks the key that it was encrypted with, when it was changed, or when it was encrypted for another place.</summary>
    public bool TryReveal(SecretPlace place, byte[] kept, [NotNullWhen(true)] out byte[]? secret)
    {
        secret = kept is [Bound, .. var encrypted] ? Unprotect(_places.CreateProtector(place.Text), encrypted) : null;
        return secret is not null;
    }

    /// <summary>Decrypts what was encrypted before secrets were bound to places. For <see cref="SecretBinding"/> alone.</summary>
    internal bool TryRevealUnbound(byte[] kept, [NotNullWhen(true)] out byte[]? secret)
    {
        secret = Unprotect(_unbound, kept);
        return secret is not null;
    }

    private static byte[]? Unprotect(IDataProtector protector, byte[] encrypted)
    {
        try
        {
            return protector.Unprotect(encrypted);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
