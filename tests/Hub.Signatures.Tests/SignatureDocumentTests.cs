using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Signatures.Certificates;
using Hub.Signatures.Doctor;
using Hub.Signatures.Handshakes;

namespace Hub.Signatures.Tests;

/// <summary>docs/signatures.md says what the profiles say. Run with FLOWPILOT_WRITE_DOCS=1 to write the table anew.</summary>
public sealed class SignatureDocumentTests
{
    private const string Begin = "<!-- table: written by SignatureDocumentTests -->";
    private const string End = "<!-- end of table -->";

    private static readonly string File = Path.Combine(Root(), "docs", "signatures.md");
    private static readonly SignatureSchemes Schemes = new();

    public static TheoryData<Type> Described =>
        [
            typeof(SignatureProfile),
            typeof(SecretForm),
            typeof(SignaturePlace),
            typeof(TimestampPlace),
            typeof(SignedPart),
            typeof(SignatureHandshake),
            typeof(HandshakeCondition),
            typeof(HandshakeReply),
            typeof(HandshakeValue),
            typeof(SignatureVector),
            typeof(CertificatePlace),
            typeof(HandshakeVisit),
        ];

    public static TheoryData<Type> Choices =>
        [
            typeof(SignatureAlgorithm),
            typeof(ByteEncoding),
            typeof(BodyShape),
            typeof(SignedPartKind),
            typeof(TimestampUnit),
            typeof(HandshakeProof),
            typeof(SignatureCause),
        ];

    [Fact]
    public void Table_IsThatOfTheProfiles()
    {
        var text = System.IO.File.ReadAllText(File);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var table = "\n\n" + string.Join('\n', Rows()) + "\n\n";
        if (Environment.GetEnvironmentVariable("FLOWPILOT_WRITE_DOCS") == "1")
        {
            System.IO.File.WriteAllText(File, text[..begin] + table + text[end..]);
            return;
        }

        Assert.Equal(table, text[begin..end]);
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void Document_EveryField_IsDescribed(Type type)
    {
        var text = System.IO.File.ReadAllText(File);
        foreach (
            var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanWrite && p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        )
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            Assert.Contains($"`{name}`", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void Document_EveryChoice_IsDescribed(Type type)
    {
        var text = System.IO.File.ReadAllText(File);
        foreach (var value in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            Assert.Contains($"`{value.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name}`", text, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Rows()
    {
        yield return "| scheme | signature in | algorithm | what is signed | time window | secret | dedupe | first sent | answered to deliveries | "
            + "tested with |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";
        foreach (var p in Schemes.Profiles.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            yield return $"| [`{p.Name}`]({p.Documentation}) {p.Title} | {Place(p)} | {NameOf(p.Algorithm)}, {NameOf(p.Signature.Encoding)} | {Signed(p)} | "
                + $"{(p.Timestamp is { } time ? $"{time.ToleranceSeconds} s" : "")} | {Secret(p)} | {Dedupe(p)} | {p.First} | {Answer(p)} | "
                + $"{(p.Vectors.Any(v => v.Published is not null) ? "published example" : "computed example")} |";
        }
    }

    private static string Place(SignatureProfile p)
    {
        var place = p.Signature;
        var value =
            place.Key is { } key ? $"{key}{place.KeySeparator}{place.Prefix}…"
            : place.Prefix.Length > 0 ? place.Prefix + "…"
            : "";
        return place.BodyField is { } field
            ? $"body `{p.Items}{(p.Items is null ? "" : "/*")}{field}`"
            : $"`{place.Header}{(value.Length > 0 ? ": " + value : "")}`{(place.Query is { } query ? $" or `?{query}=`" : "")}";
    }

    private static string Signed(SignatureProfile p) =>
        p.Signed.Count == 0
            ? "nothing"
            : Code(
                string.Join(
                    p.Separator.Length > 0 ? p.Separator : " + ",
                    p.Signed.Select(part =>
                        part.Part switch
                        {
                            SignedPartKind.Literal => part.Text,
                            SignedPartKind.Header => part.Text,
                            SignedPartKind.BodyLine => part.Text[1..],
                            SignedPartKind.BodyField => part.Text[(part.Text.IndexOf('/', p.Items is null ? 0 : 1) + 1)..],
                            var kind => NameOf(kind),
                        }
                    )
                )
            )!;

    private static string Secret(SignatureProfile p) =>
        PublicKey(p.Algorithm)
        + NameOf(p.Secret.Format)
        + (p.Secret.Field is { } field ? $" of `{field}`" : "")
        + (p.Secret.Prefix.Length > 0 ? $" after `{p.Secret.Prefix}`" : "")
        + (p.Secret.HandshakePrefix is { } prefix ? $"; verify token as `{prefix}…`" : "");

    private static string PublicKey(SignatureAlgorithm algorithm) => PublicKeySignature.IsFor(algorithm) ? "public key, " : "";

    private static string Dedupe(SignatureProfile p) =>
        p.Dedupe is null
            ? ""
            : Code(p.Dedupe)
                + (
                    DedupeRule.TryParse(p.Dedupe, out var rule) && rule.Field is { } id && p.Signed.Count > 0 && !new ProfileSignatureScheme(p).Covers(id)
                        ? " or what is signed"
                        : ""
                )
                + (p.DeliveryId is null ? "" : $"; id {Code(p.DeliveryId)}")
                + (p.DedupeAlways ? ", always" : "");

    private static string Answer(SignatureProfile p) =>
        p.Acknowledgement is not { } reply
            ? "202"
            : $"{reply.Status}{(reply.Text is null ? "" : $" `{reply.Text}`")}"
                + $"{(p.AcknowledgedWhen is { } when ? $" where there is `{when.Field}`, else 202" : "")}";

    private static string? Code(string? text) => text is null ? "" : $"`{text}`";

    private static string NameOf<T>(T value)
        where T : struct, Enum => typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "FlowPilot.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                ?? throw new InvalidOperationException("No FlowPilot.sln above the tests.");
        }

        return folder;
    }
}
