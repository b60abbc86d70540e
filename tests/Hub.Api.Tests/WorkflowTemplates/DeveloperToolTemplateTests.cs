namespace Hub.Api.Tests.WorkflowTemplates;

/// <summary>The shipped workflows around GitHub, Linear, Slack and deployments, run against stand-ins.</summary>
public sealed class DeveloperToolTemplateTests(HubFixture fixture) : TemplateRun(fixture)
{
    [Fact]
    public async Task GithubIssueToSlack_Opened_IsPostedWithItsLabels()
    {
        var run = await RunAsync("github-issue-to-slack");
        Assert.Equal("post:completed", run.StepStates());
        Assert.Equal(
            ":new: <https://github.com/Codertocat/Hello-World/issues/1|Codertocat/Hello-World#1> Spelling error in the README file by Codertocat [bug]",
            SlackText
        );
        Assert.Equal("#engineering", Slack[0].GetProperty("channel").GetString());
    }

    [Fact]
    public async Task GithubIssueToSlack_HostileTexts_MentionNoOne()
    {
        await RunAsync("github-issue-to-slack", body =>
        {
            body["issue"]!["title"] = "<!channel> & \"{{ vars }}\" <@U1|x>";
            body["issue"]!["html_url"] = "!here";
            body["issue"]!["labels"]![0]!["name"] = "<!subteam^S1>";
        });
        Assert.Equal(
            ":new: <%21here|Codertocat/Hello-World#1> &lt;!channel&gt; &amp; \"{{ vars }}\" &lt;@U1|x&gt; by Codertocat [&lt;!subteam^S1&gt;]",
            SlackText
        );
    }

    [Theory]
    [InlineData("issues", "closed")]
    [InlineData("pull_request", "opened")]
    [InlineData("discussion", "opened")]
    public async Task GithubIssueToSlack_OfAnotherEvent_IsFiltered(string eventName, string action)
    {
        await FilteredAsync("github-issue-to-slack", body => body["action"] = action, eventName);
        Assert.Empty(Slack);
    }

    [Theory]
    [InlineData("pull_request_review", "dismissed")]
    [InlineData("pull_request_review_comment", "submitted")]
    public async Task GithubReviewToSlack_OfAnotherEvent_IsFiltered(string eventName, string action) =>
        await FilteredAsync("github-review-to-slack", body => body["action"] = action, eventName);

    [Theory]
    [InlineData("commented", "verdict:completed ready:skipped rework:skipped note:completed", null)]
    [InlineData("approved", "verdict:completed ready:completed rework:skipped note:skipped", ":white_check_mark: Codertocat approved")]
    [InlineData("changes_requested", "verdict:completed ready:skipped rework:completed note:skipped", ":arrows_counterclockwise: Codertocat, Codertocat asks")]
    public async Task GithubReviewToSlack_EveryVerdict_HasItsWay(string state, string states, string? text)
    {
        var run = await RunAsync("github-review-to-slack", body => body["review"]!["state"] = state);
        Assert.Equal(states, run.StepStates());
        if (text is null)
        {
            Assert.Empty(Slack);
        }
        else
        {
            Assert.StartsWith(text, SlackText, StringComparison.Ordinal);
            Assert.Contains("#2 Update the README with new information.", SlackText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task GithubRelease_Published_GoesToTheChangelogAsJsonAndToSlack()
    {
        const string Notes = "First \"stable\" release\r\n- fixes \\o/\", \"admin\": true";
        var run = await RunAsync("github-release-announcement", body =>
        {
            body["action"] = "published";
            body["release"]!["body"] = Notes;
        });
        Assert.Equal("changelog:completed announce:completed", run.StepStates());
        var sent = Sent("/api/releases");
        Assert.Equal(["tag", "author", "prerelease", "notes"], sent.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("0.0.1", false, Notes),
            (sent.Json.GetProperty("tag").GetString(), sent.Json.GetProperty("prerelease").GetBoolean(), sent.Json.GetProperty("notes").GetString())
        );
        Assert.Equal(("application/json", "Codertocat/Hello-World"), (sent.Header("Content-Type"), sent.Header("X-Repository")));
        Assert.Equal(":rocket: Hello-World <https://github.com/Codertocat/Hello-World/releases/tag/0.0.1|0.0.1> by Codertocat", SlackText);
    }

    [Theory]
    [InlineData("release", "deleted", false)]
    [InlineData("release", "published", true)]
    [InlineData("package", "published", false)]
    public async Task GithubRelease_OfAnotherEvent_IsFiltered(string eventName, string action, bool draft) =>
        await FilteredAsync("github-release-announcement", body => (body["action"], body["release"]!["draft"]) = (action, draft), eventName);

    [Fact]
    public async Task LinearMirror_OfAnotherTypeOrAction_IsFiltered()
    {
        await FilteredAsync("linear-mirror", body => body["type"] = "IssueSLA");
        await FilteredAsync("linear-mirror", body => body["action"] = "set");
    }

    [Fact]
    public async Task SlackRequest_OfAnotherEvent_IsFiltered()
    {
        await FilteredAsync("slack-request-to-webhook", body => body["type"] = "url_verification");
        await FilteredAsync("slack-request-to-webhook", body => body["event"]!["type"] = "reaction_added");
    }

    [Fact]
    public async Task LinearMirror_Update_ChangesTheMirror()
    {
        var run = await RunAsync("linear-mirror");
        Assert.Equal("action:completed create:skipped update:completed remove:skipped", run.StepStates());
        var sent = Sent("/api/issuelabel/ef8d9e0d-7286-460f-b398-7aaf7d182c16");
        Assert.Equal(("PATCH", "name,color,updatedAt"), (sent.Method, sent.Header("X-Changed")));
        Assert.Equal("Let You Down", sent.Json.GetProperty("name").GetString());
    }

    [Fact]
    public async Task LinearMirror_RemoveWithHostileId_StaysBelowItsType()
    {
        var run = await RunAsync("linear-mirror", body => (body["action"], body["data"]!["id"]) = ("remove", "../admin?all=1#"));
        Assert.Equal("action:completed create:skipped update:skipped remove:completed", run.StepStates());
        Assert.Equal("DELETE", Sent("/api/issuelabel/..%2Fadmin?all=1#").Method);
    }

    [Fact]
    public async Task SlackRequest_WithTheKeyword_IsForwarded()
    {
        var run = await RunAsync("slack-request-to-webhook", body => body["event"]!["text"] = "!Deploy billing to production ");
        Assert.Equal("asked:completed forward:completed", run.StepStates());
        Assert.Equal("""{"user":"U123ABC456","channel":"C123ABC456","request":"billing to production","thread":"1355517523.000005"}""", Sent("/requests").Text);
    }

    [Theory]
    [InlineData(null, "Live long and prospect.")]
    [InlineData("B01", "!deploy everything")]
    public async Task SlackRequest_OfBotsOrWithoutTheKeyword_IsNotForwarded(string? bot, string text)
    {
        var run = await RunAsync("slack-request-to-webhook", body =>
        {
            body["event"]!["text"] = text;
            if (bot is not null)
            {
                body["event"]!["bot_id"] = bot;
            }
        });
        Assert.Equal("asked:completed forward:skipped", run.StepStates());
    }

    [Fact]
    public async Task DeploymentNotice_GoingWell_WaitsAndAnswersInTheThread()
    {
        var run = await RunAsync("deployment-notice", vars: ("grace", "200ms"));
        Assert.Equal("announce:completed wait:completed deploy:completed done:completed broken:skipped end:skipped", run.StepStates());
        var sent = Sent("/api/run/billing api");
        Assert.Equal(("POST", "?environment=production", """{"version":"2026.3.1"}"""), (sent.Method, sent.Query, sent.Text));
        Assert.Equal(["#deployments", "C024BE91L"], Slack.Select(message => message.GetProperty("channel").GetString()));
        Assert.Equal("1503435956.000247", Slack[1].GetProperty("thread_ts").GetString());
    }

    [Fact]
    public async Task DeploymentNotice_Refused_TellsTheThreadAndFails()
    {
        Answer("/api/run/search", new StandInAnswer(422, """{"reason":"frozen"}"""));
        var run = await RunAsync("deployment-notice", body => body["service"] = "search", ("grace", "1ms"));
        Assert.Equal("announce:completed wait:completed deploy:failed done:skipped broken:completed end:completed", run.StepStates());
        Assert.Equal("failed", run.Status());
        Assert.True(Slack[1].GetProperty("reply_broadcast").GetBoolean());
    }

    [Theory]
    [InlineData("Critical", "severity:completed page:completed ops:completed alerts:skipped record:skipped not_paged:skipped", "#ops")]
    [InlineData("p2", "severity:completed page:skipped ops:skipped alerts:completed record:skipped not_paged:skipped", "#alerts")]
    [InlineData("info", "severity:completed page:skipped ops:skipped alerts:skipped record:completed not_paged:skipped", null)]
    public async Task AlertToSeveralChannels_EverySeverity_ReachesItsPlaces(string severity, string states, string? channel)
    {
        var run = await RunAsync("alert-to-several-channels", body => body["severity"] = severity);
        Assert.Equal(states, run.StepStates());
        Assert.Equal(channel is null ? [] : [channel], Slack.Select(message => message.GetProperty("channel").GetString()));
        if (channel == "#ops")
        {
            Assert.Equal("checkout/a-81f2", Sent("/v1/incidents").Json.GetProperty("dedupe_key").GetString());
            Assert.Contains("for &lt;12 %&gt; of calls &amp; rising", SlackText, StringComparison.Ordinal);
        }
    }
}
