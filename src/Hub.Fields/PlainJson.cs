using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hub.Fields;

/// <summary>
/// How JSON is written that goes to other machines, into the record and to callers: only what JSON demands is escaped, and what lies beyond 16 bits.
/// It always goes out as JSON, never as a part of a page, so that nothing in it needs to be harmless in HTML.
/// </summary>
public static class PlainJson
{
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static JsonWriterOptions Writing { get; } = new() { Encoder = Encoder };
}
