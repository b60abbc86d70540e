using Hub.Connectors.Tests.Conformance;
using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.BuiltIn.Http;

public sealed class HttpRequestConformance : ActionConformance
{
    public override ActionCase Case { get; } =
        new(
            "http.request",
            new Dictionary<string, string>
            {
                ["username"] = "robot",
                ["password"] = "pass-word-7319",
                ["headerName"] = "X-Mine",
                ["headerValue"] = "mine-5520",
            },
            _ => [],
            url => TestHub.Json($$"""{ "url": "{{url}}orders", "body": { "id": 1 } }"""),
            context => context.Response.WriteAsJsonAsync(new { created = true }),
            sent =>
            {
                Assert.Equal(("POST", "/orders", """{ "id": 1 }"""), (sent.Method, sent.PathAndQuery, sent.Text));
                Assert.Equal("application/json", sent.Header("Content-Type"));
                Assert.Equal("Basic cm9ib3Q6cGFzcy13b3JkLTczMTk=", sent.Header("Authorization"));
                Assert.Equal("mine-5520", sent.Header("X-Mine"));
            }
        );
}
