using System.Globalization;
using System.Text.RegularExpressions;

namespace Hub.Api.Settings;

/// <summary>
/// Has the errors of options name settings as they were given. Made before values are settled, which are then everywhere. A path at the beginning of an
/// error is introduced with its place, others are written as in theirs.
/// </summary>
internal sealed partial class SettingPlaces(IConfigurationRoot configuration)
{
    private readonly Dictionary<string, SettingPlace> _given = configuration
        .AsEnumerable()
        .Where(static pair => pair.Value is not null)
        .ToDictionary(static pair => pair.Key, pair => SettingPlace.Of(pair.Key, configuration), StringComparer.OrdinalIgnoreCase);

    public string Tell(string error) => Path().Replace(error, found => IsKnown(found.Value) ? Name(found) : found.Value);

    private string Name(Match found)
    {
        var path = AsGiven(found.Value);
        var place = _given.GetValueOrDefault(path) ?? SettingPlace.Default;
        return found.Index == 0 ? place.Introduce(path) : place.Write(path);
    }

    private static bool IsKnown(string path) => KnownSettings.All.ContainsKey(path) || ListOf(path) is not null;

    /// <summary>The options have the values of a list one after the other, whatever numbers they were given.</summary>
    private string AsGiven(string path)
    {
        if (ListOf(path) is not { } list)
        {
            return path;
        }

        var given = configuration.GetSection(list).GetChildren().ElementAtOrDefault(int.Parse(path.AsSpan(list.Length + 1), CultureInfo.InvariantCulture))?.Key;
        return given is null ? path : $"{list}:{given}";
    }

    /// <summary>The setting whose numbered value it is; null when it is none.</summary>
    private static string? ListOf(string path) =>
        path.LastIndexOf(':') is var end
        && path.AsSpan(end + 1).ContainsAnyExceptInRange('0', '9') is false
        && KnownSettings.All.TryGetValue(path[..end], out var setting)
        && setting.Kind == SettingKind.List
            ? path[..end]
            : null;

    [GeneratedRegex("(Hub|ConnectionStrings)(:[A-Za-z0-9]+)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();
}
