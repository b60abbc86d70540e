using Hub.Routing.Templates.Functions;

namespace Hub.Routing.Templates.Parsing;

/// <summary>
/// Gathers what a template reads of its model: chains that start neither with a built-in nor with a name of the template's own, and queries that are
/// written out for the function <c>path</c>.
/// </summary>
internal sealed class ReferenceCollector
{
    private readonly List<(string[] Path, int Start)> _found = [];
    private readonly List<string> _queries = [];
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal) { "for", "while", "tablerow" };
    private readonly Dictionary<string, int> _hidden = new(StringComparer.Ordinal);
    private readonly List<(string Root, string Name, int Start)> _calls = [];
    private readonly List<(string Name, int Start)> _locals = [];
    private readonly HashSet<string> _assignedLocals = new(StringComparer.Ordinal);
    private readonly List<(string Pattern, string Flags, int Start)> _patterns = [];
    private readonly List<(string Message, int Start)> _invalid = [];
    private int _inObject;
    private int _written = -1;

    /// <summary>The queries written out, in the order of the text.</summary>
    public IReadOnlyList<string> Queries => _queries;

    public void Add(string[] path, int start)
    {
        if (_inObject == 0 && !_hidden.ContainsKey(path[0]) && !Builtins.All.ContainsKey(path[0]))
        {
            _found.Add((path, At(start)));
        }
    }

    public void AddQuery(string query) => _queries.Add(query);

    /// <summary>A regular expression that is written out.</summary>
    public void AddPattern(string pattern, string flags, int start) => _patterns.Add((pattern, flags, At(start)));

    /// <summary>A name that is called, and is neither a built-in nor a name of the template's own.</summary>
    public void AddCall(string name, int start)
    {
        if (_inObject == 0 && !_hidden.ContainsKey(name) && !Builtins.All.ContainsKey(name))
        {
            _calls.Add((name, name, At(start)));
        }
    }

    /// <summary>A member that is called: the run context holds no function, and what the built-ins give has none either.</summary>
    /// <param name="root">The name that the chain starts with; null for a value that is written out.</param>
    /// <param name="name">The chain as it is written.</param>
    public void AddMemberCall(string? root, string name, int start)
    {
        if (_inObject == 0 && (root is null || !_hidden.ContainsKey(root)))
        {
            _calls.Add((root ?? "", name, At(start)));
        }
    }

    /// <summary>A member of a group of built-ins.</summary>
    public void AddMember(string group, string member, int start)
    {
        if (
            _inObject == 0
            && !_hidden.ContainsKey(group)
            && Builtins.All.TryGetValue(group, out var found)
            && found is BuiltinGroup members
            && !members.TryGet(member, out _)
        )
        {
            _calls.Add((group, $"{group}.{member}", At(start)));
        }
    }

    public void AddLocal(string name, int start) => _locals.Add((name, At(start)));

    /// <summary>Collects a text that is written out and run as code or as a template. Its places are those of the text in this template.</summary>
    public void CollectWritten(string text, bool isCode, int start)
    {
        var outer = _written;
        _written = At(start);
        try
        {
            Parser.ParseNested(text, isCode, out _).Collect(this);
        }
        catch (TemplateException e)
        {
            _invalid.Add((e.Message, _written));
        }

        _written = outer;
    }

    public void AssignedLocal(string name) => _assignedLocals.Add(name);

    public void Assigned(string name) => _assigned.Add(name);

    /// <summary>Names that are parameters or members within what is collected next.</summary>
    public void Hide(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _hidden[name] = _hidden.GetValueOrDefault(name) + 1;
        }
    }

    public void Show(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (--_hidden[name] == 0)
            {
                _hidden.Remove(name);
            }
        }
    }

    /// <summary>Collects what runs with an object's members as names: only queries are sure to read the model there.</summary>
    public void CollectInObject(Syntax.Statement body)
    {
        _inObject++;
        body.Collect(this);
        _inObject--;
    }

    /// <summary>Functions that there are not.</summary>
    public IReadOnlyList<TemplateName> UnknownFunctions(string text)
    {
        var lines = new TextLines(text);
        return [.. _calls.Where(call => !_assigned.Contains(call.Root)).Select(call => Named(lines, call.Name, call.Start))];
    }

    /// <summary>Local variables that are never given a value.</summary>
    public IReadOnlyList<TemplateName> UnassignedLocals(string text)
    {
        var lines = new TextLines(text);
        return [.. _locals.Where(local => !_assignedLocals.Contains(local.Name)).Select(local => Named(lines, local.Name, local.Start))];
    }

    /// <summary>Regular expressions that are written out.</summary>
    public IReadOnlyList<TemplatePattern> Patterns(string text)
    {
        var lines = new TextLines(text);
        var patterns = new List<TemplatePattern>();
        foreach (var (pattern, flags, start) in _patterns)
        {
            var (line, column) = lines.PlaceOf(start);
            patterns.Add(new TemplatePattern(pattern, flags, line, column));
        }

        return patterns;
    }

    /// <summary>Texts that are run and are no templates: what is wrong with each.</summary>
    public IReadOnlyList<TemplateName> Invalid(string text)
    {
        var lines = new TextLines(text);
        return [.. _invalid.Select(each => Named(lines, each.Message, each.Start))];
    }

    private int At(int start) => _written < 0 ? start : _written;

    private static TemplateName Named(TextLines lines, string name, int start)
    {
        var (line, column) = lines.PlaceOf(start);
        return new TemplateName(name, line, column);
    }

    public IReadOnlyList<TemplateReference> Finish(string text)
    {
        var references = new List<TemplateReference>();
        var lines = new TextLines(text);
        foreach (var (path, start) in _found)
        {
            if (!_assigned.Contains(path[0]))
            {
                var (line, column) = lines.PlaceOf(start);
                references.Add(new TemplateReference(path, line, column));
            }
        }

        return references;
    }
}
