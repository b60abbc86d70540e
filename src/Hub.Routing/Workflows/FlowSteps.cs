using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows;

/// <summary>The steps that steer an execution; every other step is a connector action.</summary>
public static class FlowSteps
{
    public const string If = "if";
    public const string Switch = "switch";
    public const string Set = "set";
    public const string Delay = "delay";
    public const string Log = "log";
    public const string Stop = "stop";
    public const string Respond = "respond";

    public const string TruePort = "true";
    public const string FalsePort = "false";

    public static IReadOnlyList<StepTypeDescription> All { get; } =
    [
        Describe(If, "Takes the port true or false, by a condition."),
        Describe(Switch, "Takes the port of the first case whose condition holds."),
        Describe(Set, "Gives its rendered inputs as output.") with
        {
            AcceptsOtherFields = true,
        },
        Describe(
            Delay,
            "Waits for a time or until an instant.",
            new StepField("for", FieldType.Duration, false) { Summary = "How long to wait, such as 10s." },
            new StepField("until", FieldType.Text, false) { Summary = "The instant to wait for: ISO 8601 with an offset." }
        ),
        Describe(
            Log,
            "Writes a line into the execution's record.",
            new StepField("message", FieldType.Any, true),
            new StepField("level", FieldType.Text, false, ["debug", "info", "warning", "error"])
        ),
        Describe(
            Stop,
            "Ends the execution.",
            new StepField("reason", FieldType.Text, false),
            new StepField("outcome", FieldType.Text, false, ["completed", "failed"])
        ),
        Describe(
            Respond,
            "Answers whoever waits for the execution.",
            new StepField("status", FieldType.Number, false) { Summary = "The HTTP status, 100 to 599; 200 when left out." },
            new StepField("headers", FieldType.Object, false) { Summary = "Names and texts.", Place = StepFieldPlace.Headers },
            new StepField("body", FieldType.Any, false) { Summary = "Any value; a text is sent as it is.", Place = StepFieldPlace.Body }
        ) with
        {
            OutputSchema = JsonElement.Parse(
                """
                {
                  "type": "object", "additionalProperties": false,
                  "properties": { "status": { "type": "integer" }, "headers": { "type": "object" }, "body": {} }
                }
                """
            ),
        },
    ];

    /// <summary>The least and the greatest status a <c>respond</c> can answer with: those below 200 are not the last word.</summary>
    public const int LeastStatus = 200;

    /// <inheritdoc cref="LeastStatus"/>
    public const int GreatestStatus = 599;

    /// <summary>Whether a value is the status of an answer: a whole number in the range, as a number or as its text.</summary>
    public static bool TryReadStatus(JsonElement value, out int status)
    {
        status = 0;
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out var number) && IsStatus(number, out status),
            JsonValueKind.String => decimal.TryParse(
                JsonText.Read(value),
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var number
            ) && IsStatus(number, out status),
            _ => false,
        };
        return isNumber;
    }

    /// <summary>
    /// Headers that a <c>respond</c> cannot set. Those of the connection and of the bytes on it belong to the server, as do its name and clock. Others would
    /// hold for everything under the hub's own address, its pages included, or would let a browser run the answer there.
    /// </summary>
    private static readonly FrozenSet<string> ServerHeaders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Accept-CH",
        "Activate-Storage-Access",
        "Alt-Svc",
        "Authentication-Info",
        "Clear-Site-Data",
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Content-Security-Policy",
        "Content-Security-Policy-Report-Only",
        "Critical-CH",
        "Date",
        "Document-Isolation-Policy",
        "Document-Policy",
        "Expect-CT",
        "Feature-Policy",
        "Host",
        "Integrity-Policy",
        "Integrity-Policy-Report-Only",
        "Keep-Alive",
        "NEL",
        "Observe-Browsing-Topics",
        "Origin-Agent-Cluster",
        "Origin-Trial",
        "Permissions-Policy",
        "Public-Key-Pins",
        "Public-Key-Pins-Report-Only",
        "Referrer-Policy",
        "Refresh",
        "Report-To",
        "Reporting-Endpoints",
        "Require-Document-Policy",
        "Sec-Session-Registration",
        "Secure-Session-Registration",
        "Server",
        "Service-Worker-Allowed",
        "Set-Cookie",
        "Set-Cookie2",
        "Set-Login",
        "SourceMap",
        "Speculation-Rules",
        "Strict-Transport-Security",
        "Supports-Loading-Mode",
        "TE",
        "Timing-Allow-Origin",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Use-As-Dictionary",
        "WWW-Authenticate",
        "X-Content-Type-Options",
        "X-DNS-Prefetch-Control",
        "X-Frame-Options",
        "X-Permitted-Cross-Domain-Policies",
        "X-SourceMap",
        "X-UA-Compatible",
        "X-XSS-Protection"
    );

    /// <summary>What names of such headers begin with: those by which other sites' pages would read the hub's, and families of their own.</summary>
    private static readonly string[] ServerPrefixes = ["Access-Control-", "Attribution-Reporting-", "Cross-Origin-", "Proxy-"];

    /// <summary>Whether a header is none of a workflow's: see <see cref="ServerHeaders"/> and <see cref="ServerPrefixes"/>.</summary>
    public static bool IsServerHeader(string name) =>
        ServerHeaders.Contains(name) || ServerPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Flow steps of the format that this version does not run.</summary>
    internal static IReadOnlyList<string> Unavailable { get; } = ["filter", "for_each", "wait_for_callback", "approval", "run_workflow"];

    public static StepTypeDescription? Find(string type) => All.FirstOrDefault(step => step.Type == type);

    /// <summary>Whether steps of this type decide between ports rather than do work.</summary>
    public static bool IsBranch(string type) => type is If or Switch;

    private static bool IsStatus(decimal number, out int status)
    {
        var isStatus = decimal.IsInteger(number) && number is >= LeastStatus and <= GreatestStatus;
        status = isStatus ? (int)number : 0;
        return isStatus;
    }

    private static StepTypeDescription Describe(string type, string summary, params StepField[] fields) =>
        new(type, summary, fields, CredentialRequired: false, AcceptsCredential: false, OutputSchema: default);
}
