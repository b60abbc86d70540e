using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows;

/// <summary>Places in JSON documents as people read them.</summary>
public static class PlaceText
{
    /// <summary><c>steps[2].with.text</c> for the JSON Pointer <c>/steps/2/with/text</c>; <c>document</c> for the whole.</summary>
    public static string Of(string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        return JsonPlace.Root.Append(pointer).Path();
    }
}
