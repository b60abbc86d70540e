using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>As much of a URL as the document itself decides: its own text, and values that are the document's <c>vars</c>.</summary>
internal static partial class WrittenUrl
{
    private const string VarsPath = "$.vars.";

    /// <summary>Scheme and host of the URL; null when the document does not decide them.</summary>
    public static Uri? HostOf(JsonElement url, JsonElement vars)
    {
        var (start, isWhole) = StartOf(url, vars);
        if (UrlHost.Of(start) is not { Length: > 0 } host)
        {
            return null;
        }

        // Without a mark behind it, what follows could still change the host.
        var end = start.IndexOf("://", StringComparison.Ordinal) + 3 + host.Length;
        return (isWhole || end < start.Length) && Uri.TryCreate(start[..end].TrimStart(), UriKind.Absolute, out var written) ? written : null;
    }

    private static (string Text, bool IsWhole) StartOf(JsonElement url, JsonElement vars)
    {
        if (url.ValueKind == JsonValueKind.String)
        {
            return StartOf(JsonText.Read(url), vars);
        }

        return
            Operand.IsQuery(url)
            && url.EnumerateObject().First().Value is { ValueKind: JsonValueKind.String } path
            && JsonText.Read(path) is var text
            && text.StartsWith(VarsPath, StringComparison.Ordinal)
            && VarOf(text[VarsPath.Length..], vars) is { } value
            ? (value, true)
            : ("", false);
    }

    private static (string Text, bool IsWhole) StartOf(string template, JsonElement vars)
    {
        var written = new StringBuilder();
        foreach (var piece in TemplatePieces.Split(template))
        {
            if (piece.Kind == TemplatePieceKind.Literal)
            {
                written.Append(piece.Text);
            }
            else if (
                piece.Kind == TemplatePieceKind.Value
                && Var().Match(piece.Text) is { Success: true } match
                && VarOf(match.Groups["name"].Value, vars) is { } value
                && (written.Length == 0 || Uri.EscapeDataString(value) == value)
            )
            {
                written.Append(value);
            }
            else
            {
                return (written.ToString(), false);
            }
        }

        return (written.ToString(), true);
    }

    private static string? VarOf(string names, JsonElement vars)
    {
        foreach (var name in names.Split('.'))
        {
            if (vars.ValueKind != JsonValueKind.Object || !vars.TryGetProperty(name, out vars))
            {
                return null;
            }
        }

        return vars.ValueKind == JsonValueKind.String ? JsonText.Read(vars) : null;
    }

    [GeneratedRegex(
        @"^\{\{[-~]?\s*vars\.(?<name>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)\s*[-~]?\}\}$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Var();
}
