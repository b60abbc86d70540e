using System.Text.Json;

namespace Hub.Api.Settings;

/// <summary>The files of settings that the framework reads from the working folder, and fails by before anything else is said.</summary>
internal static class SettingsFiles
{
    private static readonly JsonDocumentOptions AsTheFrameworkDoes = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Why one of them cannot be read, with the place; null when all can, or there is none.</summary>
    public static string? FindUnreadable(string folder)
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        return new[] { "appsettings.json", $"appsettings.{environment ?? "Production"}.json" }
            .Select(name => Path.Combine(folder, name))
            .Where(File.Exists)
            .Select(ErrorOf)
            .FirstOrDefault(static error => error is not null);
    }

    private static string? ErrorOf(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), AsTheFrameworkDoes);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : $"{path} holds no JSON object. Write settings as {{\"Hub\":{{...}}}}.";
        }
        catch (JsonException found)
        {
            return $"{path} is no JSON: see line {found.LineNumber + 1}. Correct it, or take the file away.";
        }
        catch (Exception found) when (found is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {found.Message}";
        }
    }
}
