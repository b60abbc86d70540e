using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Hub.Storage.Credentials;

/// <summary>Encrypts secrets at rest with the key ring of the data directory. Without that ring they cannot be read again.</summary>
public sealed class SecretVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("FlowPilot.Secrets.v1");

    public byte[] Protect(byte[] secret) => _protector.Protect(secret);

    /// <exception cref="CryptographicException">It was encrypted with another key ring, or changed.</exception>
    public byte[] Unprotect(byte[] encrypted) => _protector.Unprotect(encrypted);
}
