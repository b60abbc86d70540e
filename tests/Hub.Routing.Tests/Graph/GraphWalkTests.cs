using Hub.Routing.Graph;
using Hub.Routing.Tests.Workflows;

namespace Hub.Routing.Tests.Graph;

public sealed class GraphWalkTests
{
    private const string Diamond = """
        [ { "id": "a", "type": "set" }, { "id": "b", "type": "set", "after": [ "a" ] },
        { "id": "c", "type": "set", "after": [ "a" ] }, { "id": "d", "type": "set", "after": [ "b", "c" ] } ]
        """;

    private const string Branch = """
        [ { "id": "i", "type": "if", "when": { "path": "$.item", "op": "exists" } },
          { "id": "t", "type": "set", "after": [ "i.true" ] },
          { "id": "f", "type": "set", "after": [ "i.false" ] },
          { "id": "f2", "type": "set", "after": [ "f" ] },
          { "id": "j", "type": "set", "after": [ "t", "f2" ], "join": "any" },
          { "id": "both", "type": "set", "after": [ "i" ] },
          { "id": "e", "type": "log", "with": { "message": "x" }, "after": [ "i.error" ] } ]
        """;

    [Fact]
    public void Walk_Diamond_JoinsWhenBothWaysWereTaken()
    {
        var walk = new GraphWalk(Documents.Plan(Diamond));

        Assert.Equal([0], walk.TakeReady());
        Assert.Empty(walk.TakeReady());
        walk.Complete(0, null);
        Assert.Equal([1, 2], walk.TakeReady());
        walk.Complete(2, null);
        Assert.Empty(walk.TakeReady());
        Assert.False(walk.IsSettled);
        walk.Complete(1, null);
        Assert.Equal([3], walk.TakeReady());
        Assert.Equal(StepProgress.Outstanding, walk.ProgressOf(3));
        walk.Complete(3, null);
        Assert.True(walk.IsSettled);
        Assert.Empty(walk.TakeSkipped());
    }

    [Fact]
    public void Walk_FailureWithoutHandler_SkipsAllThatFollows()
    {
        var walk = new GraphWalk(Documents.Plan(Diamond));
        walk.TakeReady();
        walk.Complete(0, null);
        walk.TakeReady();
        walk.Fail(1);

        Assert.False(walk.IsErrorHandled(1));
        Assert.Equal([3], walk.TakeSkipped());
        Assert.Empty(walk.TakeSkipped());
        Assert.False(walk.IsSettled);
        walk.Complete(2, null);
        Assert.Empty(walk.TakeReady());
        Assert.True(walk.IsSettled);
    }

    [Fact]
    public void Walk_BranchTaken_SkipsTheOtherAndWhatFollowsOnlyFromIt()
    {
        var walk = new GraphWalk(Documents.Plan(Branch));
        walk.TakeReady();
        walk.Complete(0, "true");

        Assert.Equal([1, 5], walk.TakeReady());
        Assert.Equal([2, 3, 6], walk.TakeSkipped());
        walk.Complete(1, null);
        Assert.Equal([4], walk.TakeReady());
    }

    [Fact]
    public void Walk_BranchFailed_LeavesByItsErrorPort()
    {
        var walk = new GraphWalk(Documents.Plan(Branch));
        walk.TakeReady();
        walk.Fail(0);

        Assert.True(walk.IsErrorHandled(0));
        Assert.Equal([6], walk.TakeReady());
        Assert.Equal([1, 2, 3, 4, 5], walk.TakeSkipped());
    }

    [Fact]
    public void Walk_JoinAny_RunsOnceOnTheFirstWay()
    {
        var walk = new GraphWalk(
            Documents.Plan(
                """[ { "id": "a", "type": "set" }, { "id": "b", "type": "set" }, { "id": "c", "type": "set", "after": [ "a", "b" ], "join": "any" } ]"""
            )
        );
        Assert.Equal([0, 1], walk.TakeReady());
        walk.Complete(1, null);
        Assert.Equal([2], walk.TakeReady());
        walk.Complete(0, null);
        Assert.Empty(walk.TakeReady());
        walk.Complete(2, null);
        Assert.True(walk.IsSettled);
    }

    [Fact]
    public void Walk_JoinAnyOfErrorPorts_IsSkippedWhenNothingFailed()
    {
        var walk = new GraphWalk(
            Documents.Plan(
                """
                [ { "id": "a", "type": "set" }, { "id": "b", "type": "set" },
                { "id": "c", "type": "set", "after": [ "a.error", "b.error" ], "join": "any" } ]
                """
            )
        );
        walk.TakeReady();
        walk.Complete(0, null);
        Assert.Empty(walk.TakeSkipped());
        walk.Complete(1, null);
        Assert.Equal([2], walk.TakeSkipped());
        Assert.True(walk.IsSettled);
    }

    [Fact]
    public void Walk_SwitchWithoutMatch_TakesOnlyWaysWithoutPort()
    {
        var walk = new GraphWalk(
            Documents.Plan(
                """
                [ { "id": "s", "type": "switch", "cases": [ { "port": "p", "when": { "path": "$.item", "op": "exists" } } ] },
                  { "id": "p", "type": "set", "after": [ "s.p" ] }, { "id": "q", "type": "set", "after": [ "s" ] } ]
                """
            )
        );
        walk.TakeReady();
        walk.Complete(0, null);

        Assert.Equal([2], walk.TakeReady());
        Assert.Equal([1], walk.TakeSkipped());
    }

    [Fact]
    public void Walk_RestoredInAnyOrder_GivesOnlyWhatIsLeft()
    {
        var walk = new GraphWalk(Documents.Plan(Diamond));
        walk.Complete(2, null);
        walk.Complete(0, null);

        Assert.Equal([1], walk.TakeReady());
        walk.Complete(1, null);
        Assert.Equal([3], walk.TakeReady());

        var branch = new GraphWalk(Documents.Plan(Branch));
        branch.Complete(1, null);
        branch.Complete(0, "true");
        Assert.Equal([4, 5], branch.TakeReady());
        Assert.Equal([2, 3, 6], branch.TakeSkipped());
    }

    [Fact]
    public void Walk_SecondOutcomeOfAStep_IsIgnored()
    {
        var walk = new GraphWalk(Documents.Plan(Diamond));
        walk.Complete(0, null);
        walk.Fail(0);
        walk.Complete(0, null);

        Assert.Equal([1, 2], walk.TakeReady());
        Assert.Equal(StepProgress.Completed, walk.ProgressOf(0));
    }

    [Fact]
    public void Walk_OutcomeOfSkippedStep_IsABug()
    {
        var walk = new GraphWalk(Documents.Plan(Branch));
        walk.Complete(0, "true");

        Assert.Throws<InvalidOperationException>(() => walk.Complete(2, null));
    }

    [Fact]
    public void Walk_LongChainSkipped_DoesNotRecurse()
    {
        var steps = string.Join(", ", Enumerable.Range(1, 499).Select(i => $$"""{ "id": "s{{i}}", "type": "set", "after": [ "s{{i - 1}}" ] }"""));
        var walk = new GraphWalk(Documents.Plan($$"""[ { "id": "s0", "type": "set" }, {{steps}} ]"""));
        walk.Fail(0);

        Assert.Equal(499, walk.TakeSkipped().Count);
        Assert.True(walk.IsSettled);
    }

    // Whatever way outcomes fall, a walk settles, and gives every step out exactly once: to run or as skipped.
    [Fact]
    public void Walk_RandomGraphsAndOutcomes_AlwaysSettle()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var walk = new GraphWalk(Documents.Plan(RandomSteps(random)));
            var seen = new List<int>();
            var outstanding = new List<int>();
            while (!walk.IsSettled)
            {
                outstanding.AddRange(walk.TakeReady());
                seen.AddRange(walk.TakeSkipped());
                if (outstanding.Count == 0)
                {
                    break;
                }

                var step = outstanding[random.Next(outstanding.Count)];
                outstanding.Remove(step);
                seen.Add(step);
                if (random.Next(4) == 0)
                {
                    walk.Fail(step);
                }
                else
                {
                    walk.Complete(
                        step,
                        step % 3 == 0
                            ? random.Next(2) == 0
                                ? "true"
                                : "false"
                            : null
                    );
                }
            }

            seen.AddRange(walk.TakeSkipped());
            Assert.True(walk.IsSettled, $"seed {seed}");
            Assert.Equal(Enumerable.Range(0, 20), seen.Order());
        }
    }

    private static string RandomSteps(Random random)
    {
        var steps = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var after = Enumerable.Range(0, i).Where(_ => random.Next(5) == 0).Select(j => $"\"s{j}{Port(j)}\"");
            var type = i % 3 == 0 ? """ "type": "if", "when": { "path": "$.item", "op": "exists" } """ : """ "type": "set" """;
            steps.Add($$"""{ "id": "s{{i}}", {{type}}, "after": [ {{string.Join(", ", after)}} ], "join": "{{(random.Next(2) == 0 ? "any" : "all")}}" }""");
        }

        return $"[ {string.Join(", ", steps)} ]";

        string Port(int step) =>
            random.Next(4) switch
            {
                0 => ".error",
                1 or 2 when step % 3 == 0 => random.Next(2) == 0 ? ".true" : ".false",
                _ => "",
            };
    }
}
