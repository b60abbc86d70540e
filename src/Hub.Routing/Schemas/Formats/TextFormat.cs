namespace Hub.Routing.Schemas.Formats;

/// <summary>A form of text that <c>format</c> can ask for.</summary>
/// <param name="Description">What a text of this form is, for messages: <c>a date such as 2026-03-01</c>.</param>
internal sealed record TextFormat(string Name, string Description, Func<string, bool> Fits);
