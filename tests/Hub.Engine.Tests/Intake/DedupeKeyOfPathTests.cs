using Hub.Engine.Intake;
using Hub.Signatures;
using Microsoft.AspNetCore.Http;

namespace Hub.Engine.Tests.Intake;

/// <summary>Keys that a JSONPath finds in the body: of one value, or of all elements of the array that it leads through.</summary>
public sealed class DedupeKeyOfPathTests
{
    private static readonly SignatureSchemes Schemes = new();

    [Theory]
    [InlineData("jsonpath:$.events[0].id", """{"events":[{"id":1},{"id":2}]}""", """{"events":[{"id":1},{"id":3}]}""", false)]
    [InlineData("jsonpath:$.events[-1].id", """{"events":[{"id":1},{"id":2}]}""", """{"events":[{"id":3},{"id":2}]}""", false)]
    [InlineData("jsonpath:$.events[-1].id", """{"events":[{"id":1},{"id":2}],"t":1}""", """{"t":2,"events":[{"id":1},{"id":2}]}""", true)]
    [InlineData("jsonpath:$[1].id", """[{"id":"a"},{"id":"b"}]""", """[{"id":"c"},{"id":"b"}]""", false)]
    [InlineData("jsonpath:$[1].id", """[{"id":"a"},{"id":"b"}]""", """[{"id":"a"},{"id":"b"},{}]""", false)]
    [InlineData("jsonpath:$[1].id", """[{"id":"a"},{"id":null,"x":1}]""", """[{"id":"a"},{"id":null,"x":2}]""", false)]
    [InlineData("jsonpath:$.events[0]", """{"events":[{"id":1},{"id":2}]}""", """{"events":[{"id":1},{"id":3}]}""", false)]
    [InlineData("jsonpath:$[-1].id", "[{},{}]", "[{},{}]", true)]
    [InlineData("jsonpath:$[-1].id", "[{},{}]", "[{},{},{}]", false)]
    [InlineData("jsonpath:$[-1].id", "[]", "[]", true)]
    [InlineData("jsonpath:$[-1].id", """[{"id":"\ud800","x":1},{"id":"a"}]""", """[{"id":"\ud800","x":2},{"id":"a"}]""", false)]
    [InlineData("jsonpath:$[0][0]", "[[1],[2]]", "[[1,2]]", false)]
    [InlineData("jsonpath:$.events[0]", """{"events":[{"id":1},{"id":2}]}""", """{"t":1,"events":[{"id":1},{"id":2}]}""", true)]
    [InlineData("jsonpath:$.a[2].b[-3].id", """{"a":[{"b":[{"id":1}]},{"b":[{"id":2}]}]}""", """{"a":[{"b":[{"id":1}]},{"b":[{"id":3}]}]}""", false)]
    [InlineData("jsonpath:$.a[2].b[-3].id", """{"a":[{"b":[{"id":1}]}]}""", """{"a":[{"b":[{"id":1}]},{"b":[]}]}""", false)]
    [InlineData(
        "jsonpath:$.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p[0].id",
        """{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{"i":{"j":{"k":{"l":{"m":{"n":{"o":{"p":[{"id":1},{"id":2}]}}}}}}}}}}}}}}}}""",
        """{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{"i":{"j":{"k":{"l":{"m":{"n":{"o":{"p":[{"id":1},{"id":3}]}}}}}}}}}}}}}}}}""",
        false
    )]
    public void Path_ToOneOfSeveralElements_IsThatOfAllOfThem(string text, string first, string second, bool isSame)
    {
        var key = KeyOf(text);
        var ids = new[] { first, second }.Select(body => key.IdOf(Request(body))).ToList();
        Assert.NotNull(ids[0]);
        Assert.Equal(isSame, ids[0] == ids[1]);
    }

    [Theory]
    [InlineData("jsonpath:$[-1].id", """[{"id":"a"}]""", "a")]
    [InlineData("jsonpath:$[-1].id", "{}", null)]
    [InlineData("jsonpath:$.id", """{"id":"\ud800"}""", null)]
    [InlineData("jsonpath:$[-1].id", """{"0":{"id":"a"}}""", null)]
    [InlineData("jsonpath:$.id", """{"id":{"a": 1}}""", """{"a": 1}""")]
    [InlineData("jsonpath:$.id", """{"id":"a"}""", "a")]
    [InlineData("jsonpath:$.id", """{"id":"a" """, null)]
    public void Path_ToOneValueOrNone_IsThatValue(string text, string body, string? id) => Assert.Equal(id, KeyOf(text).IdOf(Request(body)));

    /// <summary>Who signs a field of the first element does not sign that of the others.</summary>
    [Fact]
    public void BodyField_OfOneElementThatIsSigned_DoesNotCoverTheBatch()
    {
        var profile = Schemes.Profiles.Single(each => each.Name == "adyen") with
        {
            Items = null,
            Signed = [new SignedPart(SignedPartKind.BodyField) { Text = "/events/0/id" }, new SignedPart(SignedPartKind.BodyField) { Text = "/id" }],
        };
        var scheme = new ProfileSignatureScheme(profile);
        Assert.True(RequestField.TryParse("body:/events/0/id", out var ofElement));
        Assert.True(RequestField.TryParse("body:/id", out var ofBody));
        Assert.Equal((false, true), (scheme.Covers(ofElement), scheme.Covers(ofBody)));
    }

    private static SignedRequest Request(string body) => new("POST", "https://hub/", new HeaderDictionary(), Encoding.UTF8.GetBytes(body), default);

    private static DedupeKey KeyOf(string text)
    {
        Assert.True(Schemes.TryFind("github", out var scheme));
        Assert.True(DedupeKey.TryParse(text, scheme, out var key, out var error), error);
        return key;
    }
}
