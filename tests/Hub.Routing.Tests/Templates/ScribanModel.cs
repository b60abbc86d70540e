using System.Text.Json;

namespace Hub.Routing.Tests.Templates;

/// <summary>The model that the conformance files and the documentation's examples are written for.</summary>
internal static class ScribanModel
{
    public static JsonElement Globals { get; } =
        JsonElement.Parse(
            """
            {
              "page": { "title": "This is a title" },
              "user": { "name": "John" },
              "product": { "title": "Orange", "type": "fruit" },
              "products": [
                { "title": "Orange", "type": "fruit" }, { "title": "Banana", "type": "fruit" }, { "title": "Apple", "type": "fruit" },
                { "title": "Computer", "type": "electronics" }, { "title": "Mobile Phone", "type": "electronics" },
                { "title": "Table", "type": "furniture" }, { "title": "Sofa", "type": "furniture" }
              ]
            }
            """
        );
}
