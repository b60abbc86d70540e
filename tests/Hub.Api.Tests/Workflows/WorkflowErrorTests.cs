namespace Hub.Api.Tests.Workflows;

/// <summary>A wrong document is refused with every error, its place and its remedy.</summary>
public sealed class WorkflowErrorTests(HubFixture fixture) : HubTest(fixture)
{
    public static TheoryData<string> Malformed => new() { "", "{", "nope", """{"schema":"flowpilot/v1",}""", "{}x" };

    public static TheoryData<string, string, string> Wrong =>
        new()
        {
            { """[{"id":"a","type":"teleport"}]""", "/steps/0/type", "step_type_unknown" },
            { """[{"id":"a","type":"slack.teleport"}]""", "/steps/0/type", "step_type_unknown" },
            { """[{"id":"a","type":"set"},{"id":"a","type":"set"}]""", "/steps/1/id", "step_id_duplicate" },
            { """[{"id":"a","type":"set","after":["ghost"]}]""", "/steps/0/after/0", "after_unknown_step" },
            { """[{"id":"a","type":"set"},{"id":"b","type":"set","after":["a.maybe"]}]""", "/steps/1/after/0", "after_unknown_port" },
            { """[{"id":"a","type":"set","after":["b"]},{"id":"b","type":"set","after":["a"]}]""", "/steps/0/after/0", "cycle" },
            { """[{"id":"a","type":"set","with":{"x":{"$path":"trigger.body"}}}]""", "/steps/0/with/x/$path", "path_invalid" },
            { """[{"id":"a","type":"set","with":{"x":{"$path":"$.a[?"}}}]""", "/steps/0/with/x/$path", "path_invalid" },
            { """[{"id":"a","type":"set","with":{"x":"{{ 1 + }}"}}]""", "/steps/0/with/x", "template_invalid" },
            { """[{"id":"a","type":"if"}]""", "/steps/0", "missing_property" },
            { """[{"id":"a","type":"log"}]""", "/steps/0", "input_missing" },
            { """[{"id":7,"type":"set"}]""", "/steps/0/id", "wrong_type" },
            { """[{"id":"a","type":"set","with":[]}]""", "/steps/0/with", "wrong_type" },
            { """{"id":"a"}""", "/steps", "wrong_type" },
            { """[{"id":"a","type":"set","retry":{"attempts":0}}]""", "/steps/0/retry/attempts", "out_of_range" },
            { """[{"id":"a","type":"log","with":{"message":"a\u0000b"}}]""", "/steps/0/with/message", "text_invalid" },
            { """[{"id":"a","type":"log","with":{"message":"\ud800"}}]""", "/steps/0/with/message", "text_invalid" },
        };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Workflow_NotJson_Is400(string json) => await RefusedAsync(HttpMethod.Post, "/api/v1/workflows", json, 400, "invalid_json");

    [Fact]
    public async Task Workflow_NotUtf8_Is400()
    {
        using var response = await Hub.Api.PostAsync("/api/v1/workflows", new ByteArrayContent([(byte)'"', 0xff, (byte)'"']), Cancel);
        await ProblemAsync(response, 400, "invalid_json");
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Workflow_Faulty_NamesThePlaceAndTheRemedy(string steps, string pointer, string code)
    {
        var problem = await RefusedAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(steps), 422, "workflow_invalid");
        var errors = problem
            .GetProperty("errors")
            .EnumerateArray()
            .Select(error => (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()))
            .ToList();
        Assert.Contains((pointer, code), errors);
        Assert.All(problem.GetProperty("errors").EnumerateArray(), error => Assert.NotEmpty(error.GetProperty("remedy").GetString()!));
        Assert.All(problem.GetProperty("errors").EnumerateArray(), error => Assert.Equal("error", error.GetProperty("severity").GetString()));
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error =>
            error.GetProperty("pointer").GetString() == pointer && error.GetProperty("place").GetString() == PlaceOf(pointer)
        );
    }

    private static string PlaceOf(string pointer) =>
        string.Concat(pointer.Split('/').Skip(1).Select(part => char.IsAsciiDigit(part[0]) ? $"[{part}]" : $".{part}")).TrimStart('.');

    [Fact]
    public async Task Workflow_ManyErrors_AreToldAtOnce()
    {
        var problem = await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/workflows",
            """
            { "schema": "flowpilot/v1", "name": "", "trigger": { "type": "telepathy" },
              "steps": [ { "id": "a", "type": "teleport" }, { "id": "a", "type": "set", "after": ["ghost"] } ] }
            """,
            422,
            "workflow_invalid"
        );
        var codes = problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "name_invalid", "value_unknown", "step_type_unknown", "step_id_duplicate", "after_unknown_step" }, codes);
    }

    [Fact]
    public async Task Workflow_FaultyUpdate_ChangesNothing()
    {
        var workflow = await Hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""");
        await RefusedAsync(HttpMethod.Put, $"/api/v1/workflows/{workflow}", TestHub.Document("[]"), 422, "workflow_invalid");
        Assert.Equal(1, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}")).GetProperty("version").GetInt32());
        await RefusedAsync(HttpMethod.Put, $"/api/v1/workflows/{Guid.CreateVersion7()}", TestHub.Document("""[{"id":"a","type":"set"}]"""), 404, "not_found");
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(3 << 20)]
    public async Task Workflow_TooLarge_IsRefused(int size)
    {
        using var response = await CallAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document("[]", name: new string('n', size)));
        Assert.Equal(413, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(100_000)]
    public async Task Workflow_TooDeep_IsRefused(int depth)
    {
        var deep = new string('[', depth) + new string(']', depth);
        using var response = await CallAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document($$"""[{"id":"a","type":"set","with":{"x":{{deep}} } }]"""));
        Assert.Contains((int)response.StatusCode, new[] { 400, 422 });
    }

    [Fact]
    public async Task Workflow_WithByteOrderMark_IsStoredOrRefusedClearly()
    {
        using var response = await Hub.Api.PostAsync(
            "/api/v1/workflows",
            new ByteArrayContent([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(TestHub.Document("""[{"id":"a","type":"set"}]"""))]),
            Cancel
        );
        Assert.Contains((int)response.StatusCode, new[] { 201, 400 });
    }
}
