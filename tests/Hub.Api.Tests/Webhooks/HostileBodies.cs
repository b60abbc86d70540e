namespace Hub.Api.Tests.Webhooks;

/// <summary>Bodies that real and unreal senders post, by name.</summary>
internal static class HostileBodies
{
    public static IReadOnlyDictionary<string, byte[]> All { get; } =
        new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["empty"] = [],
            ["blank"] = " \r\n\t"u8.ToArray(),
            ["plain text"] = "hello, world"u8.ToArray(),
            ["xml"] = "<a b='c'>d</a>"u8.ToArray(),
            ["form"] = "a=1&b=%00"u8.ToArray(),
            ["half of a document"] = """{"x":"""u8.ToArray(),
            ["two documents"] = "{}{}"u8.ToArray(),
            ["trailing comma"] = """{"x":1,}"""u8.ToArray(),
            ["nul byte alone"] = [0],
            ["nul byte in a text"] = [.. """{"x":"a"""u8, 0, .. "b\"}"u8],
            ["nul byte after the document"] = [.. """{"x":1}"""u8, 0],
            ["nul escape as value"] = """{"x":"a\u0000b"}"""u8.ToArray(),
            ["nul escape as name"] = """{"\u0000":1,"x":2}"""u8.ToArray(),
            ["high surrogate alone"] = """{"x":"\ud800"}"""u8.ToArray(),
            ["low surrogate alone"] = """{"x":"a\udc00b"}"""u8.ToArray(),
            ["surrogates in the wrong order"] = """{"x":"\udc00\ud800"}"""u8.ToArray(),
            ["surrogate alone as name"] = """{"\ud800":1,"x":2}"""u8.ToArray(),
            ["surrogate alone in the document"] = "\"\\udfff\""u8.ToArray(),
            ["100 deep"] = Nested(100),
            ["255 deep"] = Nested(255),
            ["1000 deep"] = Nested(1000),
            ["100000 deep"] = Nested(100_000),
            ["100 deep objects"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"x\":", 100)) + "1" + new string('}', 100)),
            ["1000 deep objects"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"x\":", 1000)) + "1" + new string('}', 1000)),
            ["duplicate keys"] = """{"x":1,"x":{"x":2},"x":"last"}"""u8.ToArray(),
            ["empty key"] = """{"":1,"x":2}"""u8.ToArray(),
            ["key __proto__"] = """{"__proto__":{"x":1},"constructor":1}"""u8.ToArray(),
            ["invalid utf-8"] = [.. """{"x":"""u8, (byte)'"', 0xff, 0xfe, 0xc0, 0x80, (byte)'"', (byte)'}'],
            ["utf-8 of a surrogate"] = [(byte)'"', 0xed, 0xa0, 0x80, (byte)'"'],
            ["byte order mark"] = [0xef, 0xbb, 0xbf, .. """{"x":1}"""u8],
            ["utf-16"] = Encoding.Unicode.GetBytes("""{"x":1}"""),
            ["all bytes"] = [.. Enumerable.Range(0, 256).Select(value => (byte)value)],
            ["huge number"] = """{"x":1e99999}"""u8.ToArray(),
            ["long number"] = Encoding.UTF8.GetBytes($$"""{"x":{{new string('9', 5000)}}}"""),
            ["null"] = "null"u8.ToArray(),
            ["number"] = "-0.0"u8.ToArray(),
            ["template in a text"] = """{"x":"{{ trigger.body.x }}"}"""u8.ToArray(),
            ["path in an object"] = """{"x":{"$path":"$.trigger"}}"""u8.ToArray(),
            ["escapes everywhere"] = "{\"\\u0078\":\"\\u003cscript\\u003e\\/\\\"\"}"u8.ToArray(),
        };

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
}
