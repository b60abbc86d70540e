using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Hub.Fields;

namespace Hub.Connectors.BuiltIn.Http;

/// <summary>Appends query parameters to a URL.</summary>
internal static class QueryText
{
    public static bool TryAppend(Uri url, JsonElement? query, [NotNullWhen(true)] out Uri? appended, [NotNullWhen(false)] out InputError? error)
    {
        appended = url;
        error = null;
        if (query is not { } given)
        {
            return true;
        }

        var text = new StringBuilder();
        foreach (var parameter in given.EnumerateObject())
        {
            if (!TryAppend(text, parameter))
            {
                appended = null;
                error = InputError.At("query", parameter.Name, "must be a text, a number, a boolean or an array of these.");
                return false;
            }
        }

        if (text.Length > 0)
        {
            var before = url.Query.Length <= 1 ? "?" : url.Query + "&";
            appended = new Uri(url.GetLeftPart(UriPartial.Path) + before + text.Remove(0, 1));
        }

        return true;
    }

    private static bool TryAppend(StringBuilder text, JsonProperty parameter)
    {
        if (parameter.Value.ValueKind != JsonValueKind.Array)
        {
            return TryAppend(text, parameter.Name, parameter.Value);
        }

        foreach (var item in parameter.Value.EnumerateArray())
        {
            if (!TryAppend(text, parameter.Name, item))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryAppend(StringBuilder text, string name, JsonElement value)
    {
        if (ScalarText.Of(value) is not { } scalar)
        {
            return value.ValueKind == JsonValueKind.Null;
        }

        text.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(scalar));
        return true;
    }
}
