using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

/// <summary>What holds for every document and every slice.</summary>
public sealed class QueryPropertyTests
{
    [Fact]
    public void NormalizedPath_OfAnyNode_SelectsThatNode() =>
        Prop.ForAll(Documents().ToArbitrary(), json =>
            {
                var root = JsonElement.Parse(json);
                return JsonPathQuery
                    .Parse("$..*")
                    .SelectWithPaths(root)
                    .All(node =>
                    {
                        var query = JsonPathQuery.Parse(node.Path);
                        return query.IsSingular
                            && query.SelectWithPaths(root) is [var found]
                            && found == node with { Value = found.Value }
                            && found.Value.GetRawText() == node.Value.GetRawText();
                    });
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void EveryValue_OfAnyDocument_EqualsItself() =>
        Prop.ForAll(Documents().ToArbitrary(), json =>
            {
                var root = JsonElement.Parse(json);
                return JsonPathQuery.Parse("$..[?@ == @ && @ <= @ || @ != $]").Select(root).Count == JsonPathQuery.Parse("$..*").Select(root).Count;
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Slice_OfAnyBounds_FollowsTheSpecificationsLoop()
    {
        var bound = Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(-8, 8).Select(n => (int?)n));
        var slices = from start in bound from end in bound from step in bound from length in Gen.Choose(0, 6) select (start, end, step, length);
        Prop.ForAll(slices.ToArbitrary(), s =>
            {
                var items = JsonSerializer.SerializeToElement(Enumerable.Range(0, s.length));
                var actual = JsonPathQuery.Parse($"$[{s.start}:{s.end}:{s.step}]").Select(items).Select(v => v.GetInt32());
                return actual.SequenceEqual(Slice(s.start, s.end, s.step ?? 1, s.length));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    // RFC 9535, section 2.3.4.2.2, word for word.
    private static IEnumerable<int> Slice(int? startGiven, int? endGiven, int step, int length)
    {
        int Normalize(int i) => i >= 0 ? i : length + i;
        var start = Normalize(startGiven ?? (step >= 0 ? 0 : length - 1));
        var end = Normalize(endGiven ?? (step >= 0 ? length : -length - 1));
        if (step > 0)
        {
            for (var i = Math.Min(Math.Max(start, 0), length); i < Math.Min(Math.Max(end, 0), length); i += step)
            {
                yield return i;
            }
        }
        else if (step < 0)
        {
            for (var i = Math.Min(Math.Max(start, -1), length - 1); i > Math.Min(Math.Max(end, -1), length - 1); i += step)
            {
                yield return i;
            }
        }
    }

    private static Gen<string> Documents() => Gen.Sized(size => Value(Math.Min(size, 40)));

    private static Gen<string> Value(int size)
    {
        var scalar = Gen.Elements("null", "true", "0", "-1.5e3", "1e400", "\"a\"", "\"\\u0000'\\\\\"", "\"😀\\ud83d\\ude00\"", "\"\\n\\u00e9\"");
        if (size == 0)
        {
            return scalar;
        }

        var items = Value(size / 3).ArrayOf();
        var name = Gen.Elements("a", "b", "c d", "'", "\\\"", "\\\\", "\\u0001", "é", "😀", "\\ud83d\\ude00x", "");
        var members = (from n in name from v in Value(size / 3) select (n, v)).ArrayOf();
        return Gen.OneOf(
            scalar,
            items.Select(i => $"[{string.Join(',', i)}]"),
            members.Select(m => $"{{{string.Join(',', m.DistinctBy(x => x.n).Select(x => $"\"{x.n}\":{x.v}"))}}}")
        );
    }
}
