using Hub.Routing.Conditions;
using Hub.Routing.Schemas;
using Hub.Routing.Templates.Functions;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Workflows.Shapes;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Paths and templates start at what the run context has, and go on by members that can be there.</summary>
internal sealed class ReadsAreKnownRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        if (errors.IsFull)
        {
            return;
        }

        var told = new HashSet<string>(StringComparer.Ordinal);
        CheckFilter(draft, errors, told);
        ContextRead? before = null;
        foreach (var read in draft.Reads.SelectMany(reads => reads).Concat(draft.FallbackReads).TakeWhile(_ => !errors.IsFull))
        {
            var previous = before;
            before = read;
            if (draft.Context.Walk(read, out var missing, out var owner) is not null || (missing == 0 && IsRestOfHyphenatedStep(previous, read, draft)))
            {
                continue;
            }

            if (missing == 0)
            {
                ReportRoot(read, draft, errors);
            }
            else if (!read.AsksPresence || missing < read.Names.Count - 1 || read.Names[0] != "trigger")
            {
                ReportMember(read, missing, owner, draft, errors, told);
            }
        }
    }

    // A trigger's filter is decided before an execution exists.
    private static void CheckFilter(WorkflowDraft draft, ErrorList errors, HashSet<string> told)
    {
        foreach (var read in draft.FilterReads.TakeWhile(_ => !errors.IsFull))
        {
            if (!ContextShape.BeforeExecution.Contains(read.Names[0]))
            {
                errors.Error(
                    ErrorCodes.ReadsUnknownRoot,
                    read.Place,
                    $"There is no '{NearestName.Shorten(read.Names[0])}' to read here: the filter is decided before an execution exists, and has "
                        + $"{string.Join(", ", ContextShape.BeforeExecution)}.",
                    draft.Context.MemberNames.Contains(read.Names[0])
                        ? "Read what arrived, or decide this in an if step."
                        : NearestName.Advise(read.Names[0], ContextShape.BeforeExecution)
                );
            }
            else if (
                draft.Context.Walk(read, out var missing, out var owner) is null
                && (!read.AsksPresence || missing < read.Names.Count - 1 || read.Names[0] != "trigger")
            )
            {
                ReportMember(read, missing, owner, draft, errors, told);
            }
        }
    }

    private static void ReportRoot(ContextRead read, WorkflowDraft draft, ErrorList errors)
    {
        var roots = draft.Context.MemberNames.ToArray();
        var isFunction = !read.IsPath && NearestName.Find(read.Names[0], roots) is null && NearestName.Find(read.Names[0], Builtins.All.Keys) is not null;
        errors.Error(
            ErrorCodes.ReadsUnknownRoot,
            read.Place,
            $"There is no '{NearestName.Shorten(read.Names[0])}' to read: an execution has {string.Join(", ", roots[..^2])}.",
            NearestName.Advise(read.Names[0], isFunction ? Builtins.All.Keys : roots)
        );
    }

    // steps.send-mail is steps.send less mail: the first is reported, and that is enough.
    private static bool IsRestOfHyphenatedStep(ContextRead? before, ContextRead read, WorkflowDraft draft) =>
        !read.IsPath
        && before is { StepId: { } id }
        && before.Place == read.Place
        && draft.Graph.IndexOf(id) < 0
        && draft.Steps.Any(step => step.Id.StartsWith($"{id}-{read.Names[0]}", StringComparison.Ordinal));

    /// <param name="told">What the samples were said not to have: once is enough, however many places read it.</param>
    private static void ReportMember(ContextRead read, int missing, Shape owner, WorkflowDraft draft, ErrorList errors, HashSet<string> told)
    {
        var name = NearestName.Shorten(read.Names[missing]);
        var whole = read.Upto(missing);
        var isOfSamples = owner is ValueShape && whole.StartsWith("trigger", StringComparison.Ordinal);
        if (isOfSamples && !told.Add($"{whole}.{name}"))
        {
            return;
        }

        var (problem, remedy) = owner switch
        {
            HeadersShape => ($"Headers have their names in lower case, so there is never a '{name}'.", $"Write '{name.ToLowerInvariant()}'."),
            { Types: JsonTypes.Array } => (
                $"'{whole}' is an array and has no member '{name}'.",
                read.IsPath ? "Name the element, as in [0], or all of them with [*]." : "Name the element, as in [0], or go through them with for."
            ),
            _ when !owner.Types.HasFlag(JsonTypes.Object) => (
                $"'{whole}' is {JsonTypeNames.Describe(owner.Types)} and has no member '{name}'.",
                "Leave the member out."
            ),
            ValueShape when isOfSamples && draft.Samples.Count == 1 => (
                $"The latest delivery of the Source has no '{name}' in '{whole}'.",
                NearestName.Advise(read.Names[missing], owner.MemberNames)
            ),
            ValueShape when isOfSamples => (
                $"None of the {draft.Samples.Count} latest deliveries of the Source has '{name}' in '{whole}'.",
                NearestName.Advise(read.Names[missing], owner.MemberNames)
            ),
            _ => ($"'{whole}' has no '{name}'.", NearestName.Advise(read.Names[missing], owner.MemberNames)),
        };
        errors.Warning(ErrorCodes.ReadsUnknownMember, read.Place, problem, remedy);
    }
}
