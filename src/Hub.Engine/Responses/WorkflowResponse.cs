using System.Text;
using System.Text.Json;
using Hub.Fields.Charsets;

namespace Hub.Engine.Responses;

/// <summary>What a <c>respond</c> step answers: ready to be sent.</summary>
/// <param name="Status">200 to 599.</param>
/// <param name="Headers">With <c>Content-Type</c> when there is a body; none that belongs to the server.</param>
/// <param name="Body">The bytes to send; empty when the step gave no body.</param>
public sealed record WorkflowResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    private static readonly JsonDocumentOptions ParseOptions = new() { MaxDepth = 512 };

    /// <summary>Reads the recorded output of a <c>respond</c> step.</summary>
    public static WorkflowResponse Read(string output)
    {
        using var document = JsonDocument.Parse(output, ParseOptions);
        var response = document.RootElement;
        var body = response.GetProperty("body");
        var headers = response
            .GetProperty("headers")
            .EnumerateObject()
            .Select(static header => KeyValuePair.Create(header.Name, header.Value.GetString()!))
            .ToArray();
        return new WorkflowResponse(
            response.GetProperty("status").GetInt32(),
            headers,
            body.ValueKind switch
            {
                JsonValueKind.Null => default,
                JsonValueKind.String => EncodedText.Write(body.GetString()!, ContentTypeOf(headers)),
                _ => Encoding.UTF8.GetBytes(body.GetRawText()),
            }
        );
    }

    internal static string? ContentTypeOf(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.FirstOrDefault(static header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
}
