using System.ComponentModel.DataAnnotations;

namespace Hub.Connectors.BuiltIn.Slack;

/// <summary>Section <c>Hub:Connectors:Slack</c>.</summary>
public sealed class SlackOptions
{
    public const string Section = "Hub:Connectors:Slack";

    /// <summary>Where the Web API is; ends with a slash.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://slack.com/api/");
}
