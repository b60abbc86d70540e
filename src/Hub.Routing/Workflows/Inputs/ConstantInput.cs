using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Templates;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>A value that is the same for every execution, kept as bytes.</summary>
internal sealed class ConstantInput(JsonElement value) : InputNode
{
    private readonly byte[] _json = Minify(value);

    public override bool IsConstant => true;

    public override void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options) =>
        writer.WriteRawValue(_json, skipInputValidation: true);

    private static byte[] Minify(JsonElement value)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer, PlainJson.Writing))
            {
                value.WriteTo(writer);
            }

            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair cannot be written anew, but can be copied.
            return JsonMarshal.GetRawUtf8Value(value).ToArray();
        }
    }
}
