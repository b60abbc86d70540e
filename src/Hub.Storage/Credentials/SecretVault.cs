using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Hub.Storage.Credentials;

/// <summary>Encrypts secrets at rest with the key ring of the data directory. Without that ring they cannot be read again.</summary>
public sealed class SecretVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("FlowPilot.Secrets.v1");

    public byte[] Protect(byte[] secret) => _protector.Protect(secret);

    /// <summary>False when the key ring lacks the key that it was encrypted with, or when it was changed.</summary>
    public bool TryReveal(byte[] encrypted, [NotNullWhen(true)] out byte[]? secret)
    {
        try
        {
            secret = _protector.Unprotect(encrypted);
            return true;
        }
        catch (CryptographicException)
        {
            secret = null;
            return false;
        }
    }
}
