using System.ComponentModel.DataAnnotations;
using Hub.Connectors.Http;

namespace Hub.Connectors.BuiltIn.Slack;

/// <summary>Section <c>Hub:Connectors:Slack</c>.</summary>
public sealed class SlackOptions : IValidatableObject
{
    public const string Section = "Hub:Connectors:Slack";

    /// <summary>Where the Web API is; ends with a slash.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://slack.com/api/");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BaseAddress.IsAbsoluteUri || !BaseAddress.AbsoluteUri.EndsWith('/') || UrlRules.FaultOf(BaseAddress) is not null)
        {
            yield return new($"{Section}:BaseAddress is an absolute http or https URL that ends with a slash.", [nameof(BaseAddress)]);
        }
    }
}
