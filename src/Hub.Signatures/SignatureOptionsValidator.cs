using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Hub.Signatures;

/// <summary>Reads the operator's profiles and roots before anything else starts, so that every file that cannot be used is named at once.</summary>
internal sealed class SignatureOptionsValidator : IValidateOptions<SignatureOptions>
{
    public ValidateOptionsResult Validate(string? name, SignatureOptions options)
    {
        var errors = new List<string>();
        try
        {
            _ = new SignatureSchemes(options.ProfileFolder);
        }
        catch (SignatureProfileException found)
        {
            errors.AddRange(
                found
                    .Message.Split(Environment.NewLine)
                    .Select(static error => $"{SignatureOptions.Section}:{nameof(options.ProfileFolder)} cannot be used: {error}")
            );
        }

        if (!HasRoots(options))
        {
            errors.Add(
                $"{SignatureOptions.Section}:{nameof(options.RootsFile)} is '{options.RootsFile}', which cannot be read or is no PEM file of certificates. "
                    + "Name one such as /etc/ssl/certs/ca-certificates.crt, or leave it out for this machine's own."
            );
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool HasRoots(SignatureOptions options)
    {
        try
        {
            return options.ReadTrust().IsUsable;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }
    }
}
