using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Hub.Signatures;

/// <summary>Opens a body whose fields are signed, not its bytes: JSON, or a form.</summary>
internal static class SignedItems
{
    /// <summary>More items than this are not looked at; a provider sends one or a few.</summary>
    public const int MaxItems = 1000;

    // A name given twice could be signed in one reading and used in the other.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The items that are signed one by one, or the body itself; the caller disposes of the document.</summary>
    public static bool TryOpen(
        SignatureProfile profile,
        SignedRequest request,
        [NotNullWhen(true)] out JsonDocument? document,
        out IReadOnlyList<JsonElement> items
    )
    {
        var pointer = profile.Items;
        items = [];
        document = null;
        try
        {
            document = JsonDocument.Parse(SignedForm.ToJson(profile, request) ?? request.Body, Strict);
        }
        catch (JsonException)
        {
            return false;
        }

        if (pointer is null)
        {
            items = [document.RootElement];
        }
        else if (
            BodyPointer.TryFind(document.RootElement, pointer, out var array)
            && array.ValueKind == JsonValueKind.Array
            && array.GetArrayLength() <= profile.MaxItems
        )
        {
            items = [.. array.EnumerateArray()];
        }

        if (items.Count > 0)
        {
            return true;
        }

        document.Dispose();
        document = null;
        return false;
    }

    /// <summary>A field of the body, wherever it is signed; null when there is none.</summary>
    public static string? FieldOf(SignatureProfile profile, SignedRequest request, string pointer) =>
        BodyPointer.Read(SignedForm.ToJson(profile, request) ?? request.Body.Span, pointer);
}
