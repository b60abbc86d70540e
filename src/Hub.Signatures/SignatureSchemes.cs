using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Hub.Signatures;

/// <summary>All the ways a source can prove itself, by name.</summary>
public sealed class SignatureSchemes
{
    private readonly FrozenDictionary<string, ISignatureScheme> _schemes;

    /// <param name="profileFolder">A folder with the operator's own profiles; null for none.</param>
    /// <exception cref="SignatureProfileException">A file of the folder cannot be used.</exception>
    public SignatureSchemes(string? profileFolder = null)
    {
        var builtIn = SignatureProfileFile.BuiltIn();
        var own = string.IsNullOrEmpty(profileFolder)
            ? []
            : SignatureProfileFile.FromFolder(
                profileFolder,
                [.. builtIn.Select(static profile => profile.Name), NoSignatureScheme.SchemeName, GenericHmacOptions.SchemeName]
            );
        Profiles = [.. builtIn, .. own];
        _schemes = Profiles
            .Select(static ISignatureScheme (profile) => new ProfileSignatureScheme(profile))
            .Append(new NoSignatureScheme())
            .ToFrozenDictionary(static scheme => scheme.Name, StringComparer.Ordinal);
        Names = [.. _schemes.Keys.Append(GenericHmacOptions.SchemeName).Order(StringComparer.Ordinal)];
    }

    /// <summary>What providers' schemes look like, for lists and documentation.</summary>
    public IReadOnlyList<SignatureProfile> Profiles { get; }

    /// <summary>Every name there is, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Finds a scheme. Only <c>generic-hmac</c> and schemes that sign a time take options; with them every call makes a scheme, to be kept by the caller.
    /// </summary>
    /// <param name="name">As in <see cref="Names"/>.</param>
    /// <param name="options">The source's options, an object; null or undefined when it has none.</param>
    /// <param name="scheme">What was found.</param>
    /// <param name="error">A sentence that says what is wrong with the name or the options.</param>
    public bool TryFind(string name, JsonElement? options, [NotNullWhen(true)] out ISignatureScheme? scheme, [NotNullWhen(false)] out string? error)
    {
        if (name == GenericHmacOptions.SchemeName)
        {
            scheme = GenericHmacOptions.TryRead(options, out var profile, out error) ? new ProfileSignatureScheme(profile) : null;
            return scheme is not null;
        }

        if (!_schemes.TryGetValue(name, out scheme))
        {
            error = $"There is no signature scheme '{name}'. Known: {string.Join(", ", Names)}.";
            return false;
        }

        error = null;
        return options is not { ValueKind: JsonValueKind.Object } given
            || !given.EnumerateObject().Any()
            || ToleranceOption.TryApply(scheme, given, out scheme, out error);
    }

    /// <inheritdoc cref="TryFind(string, JsonElement?, out ISignatureScheme?, out string?)"/>
    public bool TryFind(string name, [NotNullWhen(true)] out ISignatureScheme? scheme) => TryFind(name, null, out scheme, out _);
}
