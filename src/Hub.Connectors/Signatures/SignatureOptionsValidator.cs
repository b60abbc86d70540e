using Microsoft.Extensions.Options;

namespace Hub.Connectors.Signatures;

/// <summary>Reads the operator's profiles before anything else starts, so that every file that cannot be used is named at once.</summary>
internal sealed class SignatureOptionsValidator : IValidateOptions<SignatureOptions>
{
    public ValidateOptionsResult Validate(string? name, SignatureOptions options)
    {
        try
        {
            _ = new SignatureSchemes(options.ProfileFolder);
            return ValidateOptionsResult.Success;
        }
        catch (SignatureProfileException faults)
        {
            return ValidateOptionsResult.Fail(
                faults.Message.Split(Environment.NewLine).Select(static fault => $"{SignatureOptions.Section}:{nameof(options.ProfileFolder)}: {fault}")
            );
        }
    }
}
