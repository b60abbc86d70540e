namespace Hub.Api.Tests.Steps;

/// <summary>What becomes of a step's inputs on the way through the engine to the service called.</summary>
public sealed class StepInputTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Input_PathThatGivesNoObject_FailsTheStepAndNothingElse()
    {
        const string Steps = """
            [{"id":"call","type":"http.request","with":{"$path":"$.trigger.body.inputs"}},
             {"id":"told","type":"log","after":["call.error"],"with":{"message":"{{ steps.call.error.message }}"}}]
            """;
        foreach (var (inputs, part) in new[] { ("[1]", "an array"), ("5", "a single value"), ("null", "nothing or null") })
        {
            var run = await Hub.RunAsync(Steps, $$"""{"inputs":{{inputs}}}""");
            Assert.Equal("call:failed told:completed", run.StepStates());
            Assert.Equal("bad_input", run.Step("call").GetProperty("error").GetProperty("code").GetString());
            Assert.Contains(part, run.Step("told").GetProperty("output").GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http.request", """{"url":"{{ trigger.body.bad }}"}""", "invalid_url", "/url", "url", "is not an absolute URL.")]
    [InlineData(
        "http.request",
        """{"url":"http://127.0.0.1:9/","headers":{"$path":"$.trigger.body.names"} }""",
        "invalid_input",
        "/headers/X-A~1B",
        "headers[\"X-A/B\"]",
        "is a name that no header can have"
    )]
    [InlineData(
        "http.request",
        """{"url":"http://127.0.0.1:9/","query":{"a b":{"$path":"$.trigger.body.object"} } }""",
        "invalid_input",
        "/query/a b",
        "query[\"a b\"]",
        "must be a text, a number, a boolean or an array of these."
    )]
    [InlineData(
        "http.request",
        """{"url":"http://127.0.0.1:9/","timeout":"{{ trigger.body.bad }}"}""",
        "invalid_input",
        "/timeout",
        "timeout",
        "must be a duration"
    )]
    [InlineData("delay", """{"until":"{{ trigger.body.bad }}"}""", "bad_delay", "/until", "until", "is not an instant")]
    [InlineData("set", """{"a":{"b":["{{ 1 / 0 }}"]} }""", "bad_input", "/a/b/0", "a.b[0]", "")]
    public async Task Input_WrongWhenTheStepRuns_IsToldByItsPlaceInTheDocument(
        string type,
        string with,
        string code,
        string pointer,
        string place,
        string message
    )
    {
        var run = await Hub.RunAsync(
            $$"""[{"id":"first","type":"set"},{"id":"second","type":"{{type}}","after":["first"],"with":{{with}} }]""",
            """{"bad":"nope","list":[1],"object":{"a":1},"names":{"X-A/B":"a","X":[1]} }"""
        );
        foreach (var error in new[] { run.GetProperty("error"), run.Step("second").GetProperty("error") })
        {
            Assert.Equal(
                (code, $"/steps/1/with{pointer}", $"steps[1].with.{place}"),
                (error.GetProperty("code").GetString(), error.GetProperty("pointer").GetString(), error.GetProperty("place").GetString())
            );
            Assert.StartsWith($"steps[1].with.{place}: ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        """[{"id":"one","type":"if","when":{"path":"$.trigger.body.n","op":"equals","value":"{{ 1 / trigger.body.zero }}"} }]""",
        "/steps/0/when",
        "steps[0].when"
    )]
    [InlineData(
        """
            [{"id":"one","type":"switch","cases":[{"port":"a","when":{"path":"$.trigger.body.n","op":"equals","value":2} },
              {"port":"b","when":{"path":"$.trigger.body.n","op":"equals","value":"{{ 1 / trigger.body.zero }}"} }]}]
            """,
        "/steps/0/cases/1/when",
        "steps[0].cases[1].when"
    )]
    public async Task Condition_ThatCannotBeDecided_IsToldByItsPlaceInTheDocument(string steps, string pointer, string place)
    {
        var run = await Hub.RunAsync(steps, """{"n":1,"zero":0}""");
        var error = run.Step("one").GetProperty("error");
        Assert.Equal(
            ("condition_failed", pointer, place),
            (error.GetProperty("code").GetString(), error.GetProperty("pointer").GetString(), error.GetProperty("place").GetString())
        );
        Assert.StartsWith($"{place}: ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_PathThatGivesAnObject_IsTheWholeInput()
    {
        var run = await Hub.RunAsync(
            """[{"id":"call","type":"http.request","with":{"$path":"$.trigger.body"}}]""",
            JsonSerializer.Serialize(new { url = StandIn.At("/whole"), query = new { a = "1&b=2" } })
        );
        Assert.Equal("completed", run.Status());
        Assert.Equal("?a=1%26b%3D2", Assert.Single(StandIn.To("/whole")).Query);
    }

    [Fact]
    public async Task Body_OfTextsThatJsonNeedNotEscape_GoesOutAndIsShownAsItIsWritten()
    {
        const string Text = "Größe <b>&'中</b> ß";
        var run = await Hub.RunAsync(
            $$$"""
            [{"id":"call","type":"http.request",
              "with":{"url":"{{{StandIn.At("/plain")}}}",
                      "body":{"fixed":"{{{Text}}}","made":"{{ trigger.body.text }}!","taken":{"$path":"$.trigger.body.text"},"quoted":"\"\\\n"} } }]
            """,
            $$"""{"text":"{{Text}}"}"""
        );
        var sent = $$"""{"fixed":"{{Text}}","made":"{{Text}}!","taken":"{{Text}}","quoted":"\"\\\n"}""";
        Assert.Equal(sent, Assert.Single(StandIn.To("/plain")).Text);
        Assert.Equal(sent, run.Step("call").GetProperty("input").GetProperty("body").GetRawText());
        using var refused = await CallAsync(HttpMethod.Get, $"/api/v1/executions?status={Uri.EscapeDataString("é<'")}");
        Assert.Contains("'é<''", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_DateNow_ReadsTheHubsClock()
    {
        var run = await Hub.RunAsync(
            """
            [{"id":"now","type":"set","with":{"year":"{{ date.now | date.to_string '%Y' }}"}},
             {"id":"later","type":"if","after":["now"],
               "when":{"path":"$.trigger.receivedAt","op":"before","value":"{{ date.add_days date.now 1 | date.to_string '%FT%TZ' }}"}},
             {"id":"yes","type":"log","after":["later.true"],"with":{"message":"x"}}]
            """
        );
        Assert.Equal("now:completed later:completed yes:completed", run.StepStates());
        Assert.Equal(TimeProvider.System.GetUtcNow().Year.ToString(null, null), run.Step("now").GetProperty("output").GetProperty("year").GetString());
    }

    [Theory]
    [InlineData("2000-01-01T00:00:00Z", "completed")]
    [InlineData("2000-01-01 00:00:00", "failed")]
    [InlineData("tomorrow", "failed")]
    public async Task Delay_Until_TakesInstantsWithAnOffset(string until, string status) =>
        Assert.Equal(
            status,
            (
                await Hub.RunAsync("""[{"id":"wait","type":"delay","with":{"until":"{{ trigger.body.until }}"}}]""", JsonSerializer.Serialize(new { until }))
            ).Status()
        );

    [Fact]
    public async Task Url_HostileValues_StayInTheirPlaces()
    {
        const string Hostile = "x/../../admin?a=1&b=2#c @evil.com:80\"\r\n";
        var run = await Hub.RunAsync(
            $$$"""[{"id":"call","type":"http.request","with":{"url":"{{{StandIn.At("/in/")}}}{{ trigger.body.v }}/end?q={{ trigger.body.v }}&z=1"}}]""",
            JsonSerializer.Serialize(new { v = Hostile })
        );
        Assert.Equal("completed", run.Status());
        var sent = Assert.Single(StandIn.To("/in/x%2F..%2F..%2Fadmin?a=1&b=2#c @evil.com:80\"\r\n/end"));
        Assert.Equal($"?q={Uri.EscapeDataString(Hostile)}&z=1", sent.Query);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task Url_DotSegment_FailsTheStep(string value)
    {
        var run = await Hub.RunAsync(
            $$$"""[{"id":"call","type":"http.request","with":{"url":"{{{StandIn.At("/dots/")}}}{{ trigger.body.v }}/end"}}]""",
            JsonSerializer.Serialize(new { v = value })
        );
        Assert.Contains("dot segment", run.Step("call").GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_ValueWithALineBreak_FailsTheStep()
    {
        foreach (var header in new[] { "\"{{ trigger.body.v }}\"", "\"a {{ trigger.body.v }}\"", "{\"$path\":\"$.trigger.body.v\"}" })
        {
            var run = await Hub.RunAsync(
                $$$$"""[{"id":"call","type":"http.request","with":{"url":"{{{{StandIn.At("/header")}}}}","headers":{"X-Title":{{{{header}}}} } } }]""",
                """{"v":"a\r\nX-Evil: 1"}"""
            );
            Assert.Equal("failed", run.Status());
        }

        Assert.Empty(StandIn.To("/header"));
    }

    [Fact]
    public async Task Body_JsonTextWithHostileValue_KeepsItsShape()
    {
        var run = await Hub.RunAsync(
            $$$"""
            [{"id":"call","type":"http.request","with":{"url":"{{{StandIn.At("/json")}}}",
            "body":"{ \"title\": \"{{ trigger.body.v }}\", \"all\": {{ trigger.body }} }"}}]
            """,
            """{"v":"\",\"admin\":true,\"x\":\"\\"}"""
        );
        Assert.Equal("completed", run.Status());
        var sent = Assert.Single(StandIn.To("/json")).Json;
        Assert.Equal(["title", "all"], sent.EnumerateObject().Select(member => member.Name));
        Assert.Equal("\",\"admin\":true,\"x\":\"\\", sent.GetProperty("title").GetString());
    }
}
