using Hub.Engine.Bodies;
using Hub.Engine.Executions;
using Hub.Engine.Writing;
using Hub.Storage.Inbox;

namespace Hub.Engine.Tests.Bodies;

public sealed class TriggerBodyTests
{
    private const string Form = "application/x-www-form-urlencoded";

    public static TheoryData<string?, string, string> Bodies =>
        new()
        {
            { "application/json", """{"a":1}""", """{"a":1}""" },
            { null, "[1]", "[1]" },
            { "text/plain", "[1]", "[1]" },
            { "text/plain; charset=UTF-8", " {\"Type\":\"Notification\"}", """{"Type":"Notification"}""" },
            { "text/html", """{"a":1}""", """{"a":1}""" },
            { "text/plain", "[1", "\"[1\"" },
            { "text/plain", "123", "\"123\"" },
            { "text/csv", "true", "\"true\"" },
            { "application/json", "123", "123" },
            { "application/xml", "<a/>", "\"<a/>\"" },
            { Form, "a=1&b=x+y%20z&a=2&empty&=none&%E2%82%AC=%E2%82%AC", """{"a":["1","2"],"b":"x y z","empty":"","":"none","€":"€"}""" },
            { Form + "; charset=UTF-8", "payload=%7B%22type%22%3A%22block_actions%22%7D", """{"payload":"{\"type\":\"block_actions\"}"}""" },
            { Form, """{"posted":"by curl -d"}""", """{"posted":"by curl -d"}""" },
            { Form, "123", """{"123":""}""" },
            { Form, "a=%ed%a0%80&b=%zz%", """{"a":"%ed%a0%80","b":"%zz%"}""" },
            { "APPLICATION/X-WWW-FORM-URLENCODED", "a=1", """{"a":"1"}""" },
            { Form, "", "null" },
            { null, """{"a":1,"b":[{"c":1,"c":{"d":1,"d":[2]}}],"a":2}""", """{"b":[{"c":{"d":[2]}}],"a":2}""" },
            { null, """{"a":1,"\u0061":2,"A":3,"":4,"":5}""", """{"\u0061":2,"A":3,"":5}""" },
            { null, """[{"a":1},{"a":2},{"x":{"a":3},"a":4}]""", """[{"a":1},{"a":2},{"x":{"a":3},"a":4}]""" },
            { Form, """{"a":1,"a":2}""", """{"a":2}""" },
        };

    /// <summary>Bytes above 127 stand as characters of ISO 8859-1.</summary>
    public static TheoryData<string?, string, string, string?> Charsets =>
        new()
        {
            { "text/plain; charset=windows-1252", "10 \u0080", "\"10 €\"", null },
            { "text/plain; charset=ISO-8859-15", "10 \u00A4", "\"10 €\"", null },
            { "text/csv;charset=\"Shift_JIS\"", "\u0093\u00FA\u0096{", "\"日本\"", null },
            { "text/plain; charset=gb2312", "\u00D6\u00D0\u00CE\u00C4", "\"中文\"", null },
            { "text/plain", "\u00FF\u00FEh\0i\0", "\"hi\"", null },
            { "text/plain; charset=windows-1252", "\u00EF\u00BB\u00BF\u00C3\u00A9", "\"é\"", null },
            { "text/plain; charset=utf-7", "+AGE-", "\"+AGE-\"", null },
            { "text/plain", "caf\u00E9", "\"caf\uFFFD\"", "read as utf-8. Bytes that mean nothing" },
            { "text/plain; charset=klingon", "caf\u00E9", "\"caf\uFFFD\"", "read as utf-8. Bytes that mean nothing" },
            {
                "application/json; charset=iso-8859-1",
                "{\"name\":\"caf\u00E9\"}",
                """ "{\"name\":\"café\"}" """,
                "not UTF-8, as JSON has to be, and is text here, read as windows-1252."
            },
            { "application/json", "{\"name\":\"caf\u00E9\"}", """ "{\"name\":\"caf\uFFFD\"}" """, "not UTF-8, as JSON has to be" },
            { null, "\u00FF\u00FE{\0}\0", "\"{}\"", "read as utf-16le." },
            { "application/json; charset=iso-8859-1", "{\"name\":\"caf\u00C3\u00A9\"}", """{"name":"café"}""", null },
            { Form + "; charset=windows-1252", "a=caf%E9&%80=\u0080+1&a=%zz%", """{"a":["café","%zz%"],"€":"€ 1"}""", null },
            { Form, "_charset_=shift_jis&a=%93%fa%96%7b", """{"_charset_":"shift_jis","a":"日本"}""", null },
            { Form + "; charset=utf-8", "a=%e9&_charset_=windows-1252", """{"a":"é","_charset_":"windows-1252"}""", null },
            { Form + "; charset=utf-16", "a=%C3%A9", """{"a":"é"}""", null },
            { Form + "; charset=gbk", "a=%FF", """{"a":"\uFFFD"}""", "read as gbk. Bytes" },
            { Form, "a=b&x_charset_=windows-1252&c=%E9", """{"a":"b","x_charset_":"windows-1252","c":"%E9"}""", null },
            {
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=ISO-8859-15\r\n\r\n\u00A4\r\n"
                    + "--b\r\nContent-Disposition: form-data; name=\"\u00E9\"; filename=\"\u00E9.txt\"\r\nContent-Type: text/plain\r\n\r\n\u0080\r\n"
                    + "--b\r\nContent-Disposition: form-data; name=_charset_\r\n\r\nwindows-1252\r\n--b--",
                """{"a":"€","é":{"filename":"é.txt","contentType":"text/plain","size":1,"text":"€"},"_charset_":"windows-1252"}""",
                null
            },
            {
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\u00E9\r\n--b--",
                """{"a":"\uFFFD"}""",
                "read as utf-8. Bytes"
            },
        };

    [Theory]
    [MemberData(nameof(Charsets))]
    public void Body_InItsCharset_IsReadOrToldOf(string? type, string latin1, string expected, string? note)
    {
        var delivery = new Delivery
        {
            Method = "POST",
            Query = "",
            Headers = "{}",
            ContentType = type,
            Body = Encoding.Latin1.GetBytes(latin1),
        };
        var trigger = JsonDocument.Parse(ThreadWriter.WriteJson(writer => TriggerJson.Write(writer, delivery))).RootElement;
        AssertJson(expected, trigger.GetProperty("body"));
        var told = trigger.TryGetProperty("bodyNote", out var noted) ? noted.GetString() : null;
        Assert.True(note is null ? told is null : told?.Contains(note, StringComparison.Ordinal) == true, told);
        Assert.Equal(told, TriggerBody.NoteOf(delivery));
    }

    [Fact]
    public void Json_NamesWithHalfACharacter_AreTheSameAsTheyAreWritten() =>
        Assert.Equal("""{"\ud800":2,"\udc00":3}""", Write("""{"\ud800":1,"\ud800":2,"\udc00":3}"""u8.ToArray(), null).GetRawText());

    [Fact]
    public void Json_ManyNamesAndOneTwice_LastIsLeft()
    {
        var names = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"{i}\":1"));
        var read = Write(Encoding.UTF8.GetBytes($$"""{{{names}},"in":{{{names}},"777":3},"777":2}"""), null);
        Assert.Equal((200_001, 200_000), (read.GetPropertyCount(), read.GetProperty("in").GetPropertyCount()));
        Assert.Equal((2, 3), (read.GetProperty("777").GetInt32(), read.GetProperty("in").GetProperty("777").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Body_OfItsType_IsGivenAsWhatItIs(string? type, string body, string expected) => AssertJson(expected, Write(Encoding.UTF8.GetBytes(body), type));

    [Theory]
    [InlineData("application/json", """{"a":1}""")]
    [InlineData(Form, "a=1")]
    [InlineData(null, "[1]")]
    public void Body_TakenAsText_StaysText(string? type, string body) =>
        Assert.Equal(body, Write(Encoding.UTF8.GetBytes(body), type, handling: DeliveryHandling.BodyAsText).GetString());

    [Fact]
    public void Form_TooManyFieldsOrTooLongNames_StaysText()
    {
        var most = string.Join('&', Enumerable.Range(0, 1000).Select(i => $"f{i}=1"));
        Assert.Equal(JsonValueKind.Object, Write(Encoding.UTF8.GetBytes(most), Form).ValueKind);
        Assert.Equal(most + "&g=1", Write(Encoding.UTF8.GetBytes(most + "&g=1"), Form).GetString());
        var name = new string('n', 512);
        Assert.Equal(JsonValueKind.Object, Write(Encoding.UTF8.GetBytes(name + "=1"), Form).ValueKind);
        Assert.Equal(name + "n=1", Write(Encoding.UTF8.GetBytes(name + "n=1"), Form).GetString());
    }

    [Fact]
    public void Multipart_FieldsAndFiles_AreAnObject()
    {
        var body = Multipart(
            ("form-data; name=\"from\"", null, "ann@example.com"),
            ("form-data; name=\"tag\"", null, "a"),
            ("form-data; name=\"tag\"", "text/plain", "b"),
            ("form-data; name=\"note\"; filename=\"n \\\"1\\\".txt\"", "text/plain; charset=utf-8", "short"),
            ("form-data; name=\"photo\"; filename=p.png", "image/png", "\u0001\u0002"),
            ("form-data; name=empty", null, "")
        );
        AssertJson(
            """
            {
              "from": "ann@example.com", "tag": ["a", "b"],
              "note": { "filename": "n \"1\".txt", "contentType": "text/plain; charset=utf-8", "size": 5, "text": "short" },
              "photo": { "filename": "p.png", "contentType": "image/png", "size": 2 },
              "empty": ""
            }
            """,
            Write(body, "multipart/form-data; boundary=\"b-1\"")
        );
    }

    [Fact]
    public void Multipart_LongTextFile_IsToldOfOnly()
    {
        var body = Multipart(("form-data; name=\"f\"; filename=\"f.txt\"", "text/plain", new string('x', (64 << 10) + 1)));
        AssertJson("""{"f":{"filename":"f.txt","contentType":"text/plain","size":65537}}""", Write(body, "multipart/form-data; boundary=b-1"));
    }

    [Theory]
    [InlineData("multipart/form-data", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--")]
    [InlineData("multipart/form-data; boundary=", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--")]
    [InlineData("multipart/form-data; boundary=b", "")]
    [InlineData("multipart/form-data; boundary=b", "--")]
    [InlineData("multipart/form-data; boundary=b", "--b")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n\r\n--b--")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--")]
    [InlineData("multipart/form-data; boundary=b", "--b\nContent-Disposition: form-data; name=a\n\n1\n--b--")]
    [InlineData("multipart/form-data; boundary=b", "--bad\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--bad--")]
    public void Multipart_Malformed_StaysText(string type, string body) =>
        AssertJson(body.Length == 0 ? "null" : JsonSerializer.Serialize(body), Write(Encoding.UTF8.GetBytes(body), type));

    [Fact]
    public void Multipart_Bombs_StayText()
    {
        var part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";
        var many = string.Concat(Enumerable.Repeat(part, 300_000)) + "--b--";
        Assert.Equal(many, Write(Encoding.UTF8.GetBytes(many), "multipart/form-data; boundary=b").GetString());
        var headers = "--b\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 10_000)) + "Content-Disposition: form-data; name=a\r\n\r\n1\r\n--b--";
        Assert.Equal(headers, Write(Encoding.UTF8.GetBytes(headers), "multipart/form-data; boundary=b").GetString());
        var most = string.Concat(Enumerable.Repeat(part, 1000)) + "--b--";
        Assert.Equal(1000, Write(Encoding.UTF8.GetBytes(most), "multipart/form-data; boundary=b").GetProperty("a").GetArrayLength());
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("zlib", "deflate")]
    [InlineData("br", "br")]
    public void Body_Compressed_IsUnpackedForTheWorkflow(string format, string coding) =>
        AssertJson("""{"a":["1","2"]}""", Write(BodyEncodingTests.Pack("a=1&a=2"u8.ToArray(), format), Form, $$"""{"content-encoding":"{{coding}}"}"""));

    [Fact]
    public void Body_ThatCannotBeUnpacked_StaysAsItIs() => AssertJson("\"plain\"", Write("plain"u8.ToArray(), null, """{"content-encoding":"gzip"}"""));

    private static byte[] Multipart(params (string Disposition, string? Type, string Content)[] parts) =>
        Encoding.UTF8.GetBytes(
            "a preamble\r\n"
                + string.Concat(
                    parts.Select(part =>
                        "--b-1 \r\ncontent-disposition: "
                        + $"{part.Disposition}\r\n{(part.Type is null ? "" : $"Content-Type: {part.Type}\r\n")}\r\n{part.Content}\r\n"
                    )
                )
                + "--b-1--\r\n"
        );

    private static JsonElement Write(byte[] body, string? contentType, string headers = "{}", DeliveryHandling handling = DeliveryHandling.Usual)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            TriggerBody.Write(
                writer,
                new Delivery
                {
                    Method = "POST",
                    Query = "",
                    Headers = headers,
                    ContentType = contentType,
                    Handling = handling,
                    Body = body,
                }
            );
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(
            JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, actual),
            actual.GetRawText()[..Math.Min(2000, actual.GetRawText().Length)]
        );
}
