using System.Text.Json;
using Hub.Routing.JsonPath.Text;

namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>A value of the document; its location is null when nobody asked for paths.</summary>
internal readonly struct Node(JsonElement value, Location? location)
{
    public JsonElement Value { get; } = value;

    public Location? Location { get; } = location;

    public Node Child(JsonElement value, int index) => new(value, Location is null ? null : new Location(Location, null, index));

    public Node Child(JsonElement value, string name) => new(value, Location is null ? null : new Location(Location, name, 0));

    public Node Child(JsonProperty member) => Location is null ? new(member.Value, null) : Child(member.Value, JsonStrings.NameOf(member));
}
