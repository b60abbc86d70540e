using Hub.Engine.Bodies;
using Hub.Storage.Inbox;

namespace Hub.Engine.Tests.Bodies;

public sealed class TriggerBodyTests
{
    private const string Form = "application/x-www-form-urlencoded";

    public static TheoryData<string?, string, string> Bodies => new()
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
    public void Body_TakenAsText_StaysText(string? type, string body) => Assert.Equal(body, Write(Encoding.UTF8.GetBytes(body), type, handling: DeliveryHandling.BodyAsText).GetString());

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
            ("form-data; name=empty", null, ""));
        AssertJson(
            """
            {
              "from": "ann@example.com", "tag": ["a", "b"],
              "note": { "filename": "n \"1\".txt", "contentType": "text/plain; charset=utf-8", "size": 5, "text": "short" },
              "photo": { "filename": "p.png", "contentType": "image/png", "size": 2 },
              "empty": ""
            }
            """,
            Write(body, "multipart/form-data; boundary=\"b-1\""));
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

    private static byte[] Multipart(params (string Disposition, string? Type, string Content)[] parts) => Encoding.UTF8.GetBytes(
        "a preamble\r\n" + string.Concat(parts.Select(part =>
            $"--b-1 \r\ncontent-disposition: {part.Disposition}\r\n{(part.Type is null ? "" : $"Content-Type: {part.Type}\r\n")}\r\n{part.Content}\r\n")) + "--b-1--\r\n");

    private static JsonElement Write(byte[] body, string? contentType, string headers = "{}", DeliveryHandling handling = DeliveryHandling.Usual)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            TriggerBody.Write(writer, new Delivery { Method = "POST", Query = "", Headers = headers, ContentType = contentType, Handling = handling, Body = body });
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, actual), actual.GetRawText()[..Math.Min(2000, actual.GetRawText().Length)]);
}
