using System.Diagnostics;
using System.Text;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

public sealed class HostileDocumentTests
{
    public static TheoryData<string, string> Documents() =>
        new()
        {
            { "empty", "" },
            { "blank", "  " },
            { "number", "1" },
            { "null", "null" },
            { "truncated", "{ \"schema\": \"flowpilot/v1\", " },
            { "trailing", Doc("[ { \"id\": \"a\", \"type\": \"set\" } ]") + "x" },
            { "comment", "// x\n{}" },
            { "unpaired surrogate", Doc("[ { \"id\": \"\\ud800\", \"type\": \"set\" } ]") },
            { "unpaired surrogate in a key", Doc("[ { \"id\": \"a\", \"type\": \"set\", \"with\": { \"\\udc00\": 1 } } ]") },
            { "nested arrays", new string('[', 500_000) },
            { "nested objects", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) },
            { "deep inputs", Doc($"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": {new string('[', 63)}{new string(']', 63)} }} }} ]") },
            { "deep condition", Doc($"[ {{ \"id\": \"a\", \"type\": \"if\", \"when\": {Repeat("{\"not\":", 58)}1{new string('}', 58)} }} ]") },
            { "wide condition", Doc($"[ {{ \"id\": \"a\", \"type\": \"if\", \"when\": {{ \"any\": [ {Many(100_000, _ => "{}")} ] }} }} ]") },
            { "many steps", Doc($"[ {Many(90_000, _ => "{}")} ]") },
            { "many numbers for steps", Doc($"[ {Many(400_000, _ => "1")} ]") },
            { "many unknown properties", $"{{ {Many(60_000, i => $"\"n{i}\":1")} }}" },
            { "many unknown inputs", Doc($"[ {{ \"id\": \"a\", \"type\": \"log\", \"with\": {{ {Many(60_000, i => $"\"messag{i}\":1")} }} }} ]") },
            { "many duplicate keys", $"{{ {Many(150_000, _ => "\"n\":1")} }}" },
            { "many bad texts", $"[ {Many(100_000, _ => "\"\\ud800\"")} ]" },
            { "many bad templates", Doc($"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": [ {Many(100_000, _ => "\"{{ (\"")} ] }} }} ]") },
            { "many reads", Doc($"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": \"{{{{ {Repeat("steps.x ", 120_000)} }}}}\" }} }} ]") },
            { "reads that do not end", Doc($"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": \"{{{{ {Repeat("steps['", 140_000)}\" }} }} ]") },
            { "templates that do not end", Doc($"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": \"{Repeat("{{", 500_000)}\" }} }} ]") },
            {
                "a function and many blanks",
                Doc($"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": \"{{{{ path{new string(' ', 900_000)}}}}}\" }} }} ]")
            },
            {
                "queries that do not end",
                Doc($"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": \"{{{{ {Repeat("path '$ ", 110_001)}' }}}}\" }} }} ]")
            },
            { "many references", Doc($"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": \"{Repeat("{{b.c}}", 100_000)}\" }} }} ]") },
            {
                "escapes that do not end",
                Doc($"[ {{ \"id\": \"a\", \"type\": \"http.request\", \"with\": {{ \"url\": \"{{{{1}}}}/{Repeat("{%{", 300_000)}\" }} }} ]")
            },
            {
                "many parameters",
                Doc(
                    $"[ {{ \"id\": \"a\", \"type\": \"set\", \"with\": {{ \"x\": \"{{{{ func f({Many(50_000, i => $"p{i}")}); {Repeat("b;", 200_000)} end "
                        + $"}}}}\" }} }} ]"
                )
            },
            { "long id", Doc($"[ {{ \"id\": \"{new string('a', 900_000)}\", \"type\": \"set\" }} ]") },
            { "long type", Doc($"[ {{ \"id\": \"a\", \"type\": \"{new string('a', 900_000)}\" }} ]") },
            { "long key", $"{{ \"{new string('a', 900_000)}\": 1 }}" },
            { "long number", $"{{ \"schema\": {new string('9', 900_000)} }}" },
            {
                "long number for a limit",
                Doc("[ { \"id\": \"a\", \"type\": \"set\" } ]", $", \"errorPolicy\": {{ \"deadLetterAfter\": 1e{new string('9', 900_000)} }}")
            },
            { "long path", Doc($"[ {{ \"id\": \"a\", \"type\": \"if\", \"when\": {{ \"path\": \"${Repeat(".a", 400_000)}\", \"op\": \"exists\" }} }} ]") },
            { "patterns", Doc("[ " + Many(400, i => $"{{ \"id\": \"a{i}\", \"type\": \"if\", \"when\": {HostilePattern(i)} }}") + " ]") },
            { "a deep filter", Triggered($"\"filter\": {Repeat("{\"not\":", 58)}1{new string('}', 58)}") },
            { "many reads in a filter", Triggered($"\"filter\": {{ \"any\": [ {Many(10_000, _ => "{ \"path\": \"$.steps.a\", \"op\": \"exists\" }")} ] }}") },
            { "a deep schema", Triggered($"\"schema\": {Repeat("{\"not\":", 60)}{{}}{new string('}', 60)}") },
            { "a schema of many schemas", Triggered($"\"schema\": {{ \"anyOf\": [ {Many(100_000, _ => "{}")} ] }}") },
            { "a schema of many patterns", Triggered($"\"schema\": {{ \"anyOf\": [ {Many(5_000, _ => "{ \"pattern\": \"(a{1,99}){99}\" }")} ] }}") },
            {
                "every step after every other",
                Doc($"[ {Many(500, i => $"{{ \"id\": \"s{i}\", \"type\": \"set\", \"after\": [ {Many(Math.Min(i, 350), j => $"\"s{j}\"")} ] }}")} ]")
            },
            { "a cycle of all steps", Doc($"[ {Many(500, i => $"{{ \"id\": \"s{i}\", \"type\": \"set\", \"after\": [ \"s{(i + 1) % 500}\" ] }}")} ]") },
            {
                "every step in cycles",
                Doc($"[ {Many(300, i => $"{{ \"id\": \"s{i}\", \"type\": \"set\", \"after\": [ {Many(300, j => $"\"s{j}\"")} ] }}")} ]")
            },
            {
                "a thousand cases",
                Doc(
                    $"[ {{ \"id\": \"s\", \"type\": \"switch\", \"cases\": [ "
                        + $"{Many(9000, i => $"{{ \"port\": \"p{i}\", \"when\": {{ \"path\": \"$\", \"op\": \"exists\" }} }}")} ] }} ]"
                )
            },
        };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Read_HostileDocument_IsAnsweredQuicklyAndBriefly(string name, string document)
    {
        var clock = Stopwatch.StartNew();
        var check = WorkflowReader.Read(Encoding.UTF8.GetBytes(document), new TestCatalog());

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{name} took {clock.Elapsed}");
        Assert.True(check.Definition is not null || check.Errors.Count > 0);
        Assert.InRange(check.Errors.Count, 0, WorkflowLimits.Errors + 1);
        Assert.True(check.Errors.Sum(error => error.Message.Length + error.Pointer.Length + error.Place.Length + error.Remedy.Length) < 500_000);
    }

    [Theory]
    [InlineData("{ \"a\": ", ErrorCodes.JsonMalformed)]
    [InlineData("{\"a\":1,\"a\":2}", ErrorCodes.DuplicateKey)]
    [InlineData("{\"a\":1,\"\\u0061\":2}", ErrorCodes.DuplicateKey)]
    [InlineData("[\"\\ud800\"]", ErrorCodes.TextInvalid)]
    [InlineData("[\"\\udc00\\ud800\"]", ErrorCodes.TextInvalid)]
    [InlineData("[\"\\u0000\"]", ErrorCodes.TextInvalid)]
    [InlineData("{\"\\u0000\":1}", ErrorCodes.TextInvalid)]
    public void Read_UnsoundJson_IsNamed(string document, string code) =>
        Assert.Contains(WorkflowReader.Read(Encoding.UTF8.GetBytes(document), new TestCatalog()).Errors, error => error.Code == code);

    [Fact]
    public void Read_PairedSurrogates_AreText() =>
        Assert.NotNull(
            WorkflowReader
                .Read(
                    Encoding.UTF8.GetBytes(Doc("[ { \"id\": \"a\", \"type\": \"set\", \"with\": { \"x\": \"\\ud83d\\ude00 \\\\ud800\" } } ]")),
                    new TestCatalog()
                )
                .Definition
        );

    [Fact]
    public void Read_InvalidUtf8_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(Doc("[ { \"id\": \"a\", \"type\": \"set\", \"with\": { \"x\": \"?\" } } ]"));
        bytes.AsSpan().Replace((byte)'?', (byte)0xC0);
        var error = Assert.Single(WorkflowReader.Read(bytes, new TestCatalog()).Errors);

        Assert.Equal((ErrorCodes.TextInvalid, "/steps/0/with/x"), (error.Code, error.Pointer));
    }

    [Fact]
    public void Read_MalformedJson_NamesLineAndColumn()
    {
        var error = Assert.Single(WorkflowReader.Read("{\n  \"a\": 1,\n  oops\n}"u8.ToArray(), new TestCatalog()).Errors);

        Assert.Equal(ErrorCodes.JsonMalformed, error.Code);
        Assert.Contains("line 3, column 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DuplicateKeyWithinAStep_PointsAtIt()
    {
        var check = WorkflowReader.Read(
            Encoding.UTF8.GetBytes(Doc("[ { \"id\": \"a\", \"type\": \"set\", \"with\": { \"x\": [ { \"k\": 1, \"k\": 2 } ] } } ]")),
            new TestCatalog()
        );

        Assert.Equal("steps[0].with.x[0].k", Assert.Single(check.Errors).Place);
    }

    [Fact]
    public void Read_LongKeyWithAnEmojiAtTheCut_NamesASoundPlace()
    {
        var error = Assert.Single(
            WorkflowReader
                .Read(Encoding.UTF8.GetBytes(Doc("[ { \"id\": \"a\", \"type\": \"set\" } ]", $", \"{new string('k', 199)}😀\": 1")), new TestCatalog())
                .Errors
        );

        Assert.Equal('/' + new string('k', 199), error.Pointer);
    }

    [Fact]
    public void Read_TooLargeOrTooDeep_IsNamed()
    {
        Assert.Equal(
            ErrorCodes.DocumentTooLarge,
            Assert.Single(WorkflowReader.Read(new byte[WorkflowLimits.DocumentBytes + 1], new TestCatalog()).Errors).Code
        );
        Assert.Equal(
            ErrorCodes.DocumentTooDeep,
            Assert.Single(WorkflowReader.Read(Encoding.UTF8.GetBytes(new string('[', 65)), new TestCatalog()).Errors).Code
        );
    }

    [Fact]
    public void Read_MoreErrorsThanListed_SaysSo()
    {
        var check = WorkflowReader.Read(Encoding.UTF8.GetBytes(Doc($"[ {Many(300, _ => "{}")} ]")), new TestCatalog());

        Assert.Equal(ErrorCodes.TooManyErrors, check.Errors[^1].Code);
        Assert.Null(check.Definition);
    }

    [Fact]
    public void Read_EveryTruncationAndByteFlip_IsAnswered()
    {
        var good = Encoding.UTF8.GetBytes(
            Doc("[ { \"id\": \"a\", \"type\": \"if\", \"when\": { \"path\": \"$.x\", \"op\": \"in\", \"value\": [ \"\\u00e9\" ] } } ]")
        );
        for (var i = 0; i < good.Length; i++)
        {
            Assert.Null(WorkflowReader.Read(good.AsMemory(0, i), new TestCatalog()).Definition);
            foreach (var flip in new byte[] { 0x00, 0xFF, (byte)'"', (byte)'{', (byte)'\\', (byte)'9' })
            {
                var bytes = good.ToArray();
                bytes[i] = flip;
                Assert.NotNull(WorkflowReader.Read(bytes, new TestCatalog()).Errors);
            }
        }
    }

    private static string Doc(string steps, string more = "") =>
        $"{{ \"schema\": \"flowpilot/v1\", \"name\": \"Test\", \"trigger\": {{ \"type\": \"manual\" }}, \"steps\": {steps}{more} }}";

    private static string Triggered(string more) =>
        $"{{ \"schema\": \"flowpilot/v1\", \"name\": \"Test\", \"trigger\": {{ \"type\": \"webhook\", \"source\": \"x\", {more} }}, \"steps\": [ {{ "
        + $"\"id\": \"a\", \"type\": \"set\" }} ] }}";

    private static string Many(int count, Func<int, string> item) => string.Join(",", Enumerable.Range(0, count).Select(item));

    private static string HostilePattern(int i) =>
        $$"""{ "path": "$.a", "op": "matches", "value": "((a{1,99}|b?c*){99}){1,{{i % 9 + 1}}}[\\w\\W]+(x+x+)+y" }""";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
