using Microsoft.Extensions.Options;

namespace Hub.Api.Auth;

/// <summary>Never shows the key.</summary>
internal sealed class AdminKeyOptionsValidator : IValidateOptions<AdminKeyOptions>
{
    public ValidateOptionsResult Validate(string? name, AdminKeyOptions options) =>
        string.IsNullOrEmpty(options.AdminKey) || Counted(options.AdminKey) >= AdminKeyOptions.LeastLength
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Hub:AdminKey has {Counted(options.AdminKey)} characters that are not white space, and could be guessed. Use at least "
                    + $"{AdminKeyOptions.LeastLength} random ones, such as 'openssl rand -hex 32' prints, or leave it out: the hub then makes one."
            );

    private static int Counted(string key) => key.Count(static character => !char.IsWhiteSpace(character));
}
