using Hub.Routing.Schemas;

namespace Hub.Routing.Workflows.Shapes;

/// <summary>The headers of a delivery: names in lower case, values as text.</summary>
internal sealed class HeadersShape : Shape
{
    public override JsonTypes Types => JsonTypes.Object;

    public override Shape? Member(string name) => name.Any(char.IsAsciiLetterUpper) ? null : Text;
}
