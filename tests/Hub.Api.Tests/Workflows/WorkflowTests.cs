namespace Hub.Api.Tests.Workflows;

public sealed class WorkflowTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Steps = """[{"id":"a","type":"set","with":{"said":"{{ trigger.body.word }}"}}]""";

    [Fact]
    public async Task Workflow_Created_IsADraftOfVersion1()
    {
        using var response = await CallAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Steps, name: "Greeting"));
        Assert.Equal(201, (int)response.StatusCode);
        var created = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        var id = created.GetProperty("id").GetGuid();
        Assert.Equal($"/api/v1/workflows/{id}", response.Headers.Location?.ToString());
        Assert.Equal(("Greeting", 1, "draft"), (created.GetProperty("name").GetString(), created.GetProperty("version").GetInt32(), created.Status()));
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{id}");
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(TestHub.Document(Steps, name: "Greeting")).RootElement, shown.GetProperty("definition")));
    }

    [Fact]
    public async Task Workflow_Updated_RunsTheNewVersionAndKeepsTheOld()
    {
        var workflow = await Hub.AddWorkflowAsync(Steps);
        var before = await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow, """{"word":"one"}"""));
        var updated = await Hub.SendAsync(
            HttpMethod.Put,
            $"/api/v1/workflows/{workflow}",
            TestHub.Document("""[{"id":"b","type":"set","with":{"new":true}}]""", name: "Renamed")
        );
        Assert.Equal(("Renamed", 2, "active"), (updated.GetProperty("name").GetString(), updated.GetProperty("version").GetInt32(), updated.Status()));
        var after = await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow));
        Assert.Equal((2, "b:completed"), (after.GetProperty("version").GetInt32(), after.StepStates()));
        var old = await Hub.ExecutionAsync(before.GetProperty("id").GetGuid());
        Assert.Equal((1, "one"), (old.GetProperty("version").GetInt32(), old.Step("a").GetProperty("output").GetProperty("said").GetString()));
    }

    [Fact]
    public async Task Workflow_Deleted_IsGoneAndItsExecutionsStay()
    {
        var source = await Hub.AddSourceAsync();
        var workflow = await Hub.AddWorkflowAsync(Steps, source);
        var execution = await Hub.ExecuteAsync(workflow, """{"word":"x"}""");
        await Hub.EndOfAsync(execution);
        await Hub.DeleteWorkflowAsync(workflow);
        await RefusedAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}", null, 404, "not_found");
        await RefusedAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/execute", "{}", 404, "not_found");
        Assert.Equal("completed", (await Hub.ExecutionAsync(execution)).Status());
        Assert.Empty(await Hub.EndsOfDeliveryAsync(await Hub.DeliverAsync(source, "{}")));
    }

    [Fact]
    public async Task Workflow_ActiveOrNot_DecidesWhetherADeliveryStartsIt()
    {
        var source = await Hub.AddSourceAsync();
        var first = await Hub.AddWorkflowAsync(Steps, source);
        var second = await Hub.AddWorkflowAsync(Steps, source);
        Assert.Equal(new[] { first, second }.Order(), (await StartedByAsync(source)).Order());
        var off = await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{first}/deactivate");
        Assert.Equal("inactive", off.Status());
        Assert.Equal([second], await StartedByAsync(source));
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{first}/activate");
        Assert.Equal(2, (await StartedByAsync(source)).Count);
    }

    [Fact]
    public async Task Workflow_ActiveAndDeleted_IsRefusedUntilItIsDeactivated()
    {
        var workflow = await Hub.AddWorkflowAsync("""[{"id":"rest","type":"delay","with":{"for":"2s"}}]""");
        var waiting = await Hub.ExecuteAsync(workflow);
        await Hub.UntilAsync(waiting, "waiting");
        var problem = await RefusedAsync(HttpMethod.Delete, $"/api/v1/workflows/{workflow}", null, 409, "workflow_active");
        Assert.Contains($"POST /api/v1/workflows/{workflow}/deactivate", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("active", (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}")).Status());
        await Hub.DeleteWorkflowAsync(workflow);
        Assert.Equal("completed", (await Hub.EndOfAsync(waiting)).Status());
    }

    [Fact]
    public async Task Workflow_OfAnUnknownSource_IsStoredWithAWarningAndNotActivated()
    {
        var draft = await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Steps, new TestSource(default, "nowhere", "")));
        var warning = Assert.Single(draft.GetProperty("warnings").EnumerateArray(), each => each.GetProperty("code").GetString() == "source_missing");
        Assert.Equal(
            ("/trigger/source", "trigger.source", "warning"),
            (warning.GetProperty("pointer").GetString(), warning.GetProperty("place").GetString(), warning.GetProperty("severity").GetString())
        );
        await RefusedAsync(HttpMethod.Post, $"/api/v1/workflows/{draft.GetProperty("id").GetGuid()}/activate", null, 409, "source_missing");
        var active = await Hub.AddWorkflowAsync(Steps);
        await RefusedAsync(
            HttpMethod.Put,
            $"/api/v1/workflows/{active}",
            TestHub.Document(Steps, new TestSource(default, "nowhere", "")),
            409,
            "source_missing"
        );
    }

    [Fact]
    public async Task Workflow_InactiveWhoseSourceIsDeleted_SaysSoWhenItIsActivated()
    {
        var source = await Hub.AddSourceAsync();
        var workflow = await Hub.AddWorkflowAsync(Steps, source);
        await RefusedAsync(HttpMethod.Delete, $"/api/v1/sources/{source.Id}", null, 409, "source_in_use");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/deactivate");
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/sources/{source.Id}");
        var problem = await RefusedAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/activate", null, 409, "source_missing");
        Assert.Contains($"'{source.Name}', which was deleted on ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("/trigger/source", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("""{"word":"hi"}""", "\"hi\"")]
    [InlineData("", "null")]
    [InlineData("""{"word":"\u0000"}""", "\"\\u0000\"")]
    [InlineData("""{"word":1e999}""", "1e999")]
    [InlineData("[]", "null")]
    public async Task Execute_ByHand_GivesTheInputAsBody(string input, string expected)
    {
        var workflow = await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"said":{"$path":"$.trigger.body.word"}}}]""");
        var execution = await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow, input));
        Assert.True(execution.Status() == "completed" && execution.GetProperty("trigger").GetString() == "manual", execution.ToString());
        Assert.Equal(expected, execution.Step("a").GetProperty("output").GetProperty("said").GetRawText());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("nope")]
    public async Task Execute_InputThatIsNotJson_Is400(string input)
    {
        var workflow = await Hub.AddWorkflowAsync(Steps);
        await RefusedAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/execute", input, 400, "invalid_json");
    }

    [Theory]
    [InlineData(1000, 400, "invalid_json")]
    [InlineData(100, 202, null)]
    public async Task Execute_DeepInput_IsTakenOrRefused(int depth, int status, string? code)
    {
        var workflow = await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"all":{"$path":"$.trigger.body"}}}]""");
        var input = new string('[', depth) + new string(']', depth);
        if (code is not null)
        {
            await RefusedAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/execute", input, status, code);
            return;
        }

        Assert.Equal("completed", (await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow, input))).Status());
    }

    [Fact]
    public async Task Execute_HugeInput_Is413()
    {
        var workflow = await Hub.AddWorkflowAsync(Steps);
        await RefusedAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/execute", $"\"{new string('x', 1 << 20)}\"", 413, "body_too_large");
    }

    [Fact]
    public async Task Workflow_OfANameThatThereIs_IsRefusedWithTheFirstOnesId()
    {
        var name = $"taken {Guid.CreateVersion7()}";
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => CallAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Steps, name: name)))
        );
        var first = (await ReadAsync(Assert.Single(answers, answer => answer.IsSuccessStatusCode), 201)).GetProperty("id").GetGuid();
        foreach (var refused in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            var problem = await ProblemAsync(refused, 409, "workflow_exists");
            Assert.Equal(first, problem.GetProperty("workflowId").GetGuid());
            Assert.Contains(first.ToString(), problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        var other = await Hub.AddWorkflowAsync(Steps);
        await RefusedAsync(HttpMethod.Put, $"/api/v1/workflows/{other}", TestHub.Document(Steps, name: name), 409, "workflow_exists");
        var changed = TestHub.Document("""[{"id":"b","type":"set"}]""", name: name);
        Assert.Equal(2, (await Hub.SendAsync(HttpMethod.Put, $"/api/v1/workflows/{first}", changed)).GetProperty("version").GetInt32());
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/workflows/{first}");
        using var again = await CallAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Steps, name: name));
        Assert.Equal(201, (int)again.StatusCode);
    }

    [Fact]
    public async Task WorkflowList_Filtered_GivesWhatFits()
    {
        var source = await Hub.AddSourceAsync();
        var name = $"listed {Guid.CreateVersion7()}";
        var draft = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Steps, source, name: name))).GetProperty("id").GetGuid();
        var active = await Hub.AddWorkflowAsync(Steps, source);
        Assert.Equal([draft], await IdsAsync($"name={Uri.EscapeDataString(name)}"));
        Assert.Equal([draft, active], await IdsAsync($"source={source.Name}"));
        Assert.Equal([active], await IdsAsync($"source={source.Name}&status=active"));
        await RefusedAsync(HttpMethod.Get, "/api/v1/workflows?status=asleep", null, 400, "status_unknown");
        Assert.Equal(
            source.Id,
            Assert
                .Single((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources?name={source.Name}")).GetProperty("items").EnumerateArray())
                .GetProperty("id")
                .GetGuid()
        );
    }

    [Fact]
    public async Task WorkflowList_Paged_CountsAll()
    {
        var first = await Hub.AddWorkflowAsync(Steps);
        await Hub.AddWorkflowAsync(Steps);
        var all = await Hub.SendAsync(HttpMethod.Get, "/api/v1/workflows?limit=200");
        var count = all.GetProperty("count").GetInt32();
        Assert.Equal(count, all.GetProperty("items").GetArrayLength());
        Assert.Contains(all.GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetGuid() == first);
        var page = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows?limit=1&offset={count - 1}");
        Assert.Equal((1, count, 1), (page.GetProperty("items").GetArrayLength(), page.GetProperty("count").GetInt32(), page.GetProperty("limit").GetInt32()));
        Assert.Equal(0, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows?offset={count}")).GetProperty("items").GetArrayLength());
    }

    private async Task<Guid[]> IdsAsync(string query) =>
        [
            .. (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows?{query}"))
                .GetProperty("items")
                .EnumerateArray()
                .Select(item => item.GetProperty("id").GetGuid()),
        ];

    private async Task<List<Guid>> StartedByAsync(TestSource source) =>
        [.. (await Hub.EndsOfDeliveryAsync(await Hub.DeliverAsync(source, "{}"))).Select(execution => execution.GetProperty("workflowId").GetGuid())];
}
