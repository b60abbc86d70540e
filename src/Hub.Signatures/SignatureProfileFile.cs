using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Signatures;

/// <summary>Reads profiles, the hub's own and those of an operator.</summary>
public static class SignatureProfileFile
{
    private const string Embedded = "Profiles/";
    private const int MaxBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <exception cref="JsonException">Not a profile.</exception>
    public static SignatureProfile Read(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize<SignatureProfile>(utf8Json, Options) ?? throw new JsonException("A profile is an object.");

    /// <summary>The profiles that come with the hub.</summary>
    public static IReadOnlyList<SignatureProfile> BuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Embedded, StringComparison.Ordinal)).Order().Select(Load)];

        SignatureProfile Load(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize<SignatureProfile>(stream, Options)!;
        }
    }

    /// <summary>The profiles of a folder, one a file (<c>*.json</c>).</summary>
    /// <param name="folder">Must exist.</param>
    /// <param name="taken">Names that are in use already.</param>
    /// <exception cref="SignatureProfileException">One or more files cannot be used; every one is named.</exception>
    public static IReadOnlyList<SignatureProfile> FromFolder(string folder, IEnumerable<string> taken)
    {
        if (!Directory.Exists(folder))
        {
            throw new SignatureProfileException($"The folder of signature profiles {folder} does not exist. Create it, or take it out of the settings.");
        }

        var names = taken.ToHashSet(StringComparer.Ordinal);
        var profiles = new List<SignatureProfile>();
        var errors = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Load(file, names, out var error) is { } profile)
            {
                profiles.Add(profile);
            }
            else
            {
                errors.Add($"The signature profile {file} cannot be used: {error}");
            }
        }

        return errors.Count == 0 ? profiles : throw new SignatureProfileException(string.Join(Environment.NewLine, errors));
    }

    private static SignatureProfile? Load(string file, HashSet<string> names, out string error)
    {
        error = "";
        try
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                error = $"It is larger than {MaxBytes / 1024} KB. A profile takes a few.";
                return null;
            }

            var profile = Read(File.ReadAllBytes(file));
            error = SignatureProfileRules.ErrorOf(profile)
                ?? (names.Add(profile.Name) ? "" : $"name: there is a scheme '{profile.Name}' already. Choose another name.");
            return error.Length == 0 ? profile : null;
        }
        catch (JsonException wrong)
        {
            error = ProfileError.Describe(wrong);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            error = $"It cannot be read ({unreadable.Message}). Check that the hub's user may read it.";
        }

        return null;
    }
}
