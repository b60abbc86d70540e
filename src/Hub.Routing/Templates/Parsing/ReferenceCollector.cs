using Hub.Routing.Templates.Functions;

namespace Hub.Routing.Templates.Parsing;

/// <summary>Gathers what a template reads of its model: chains that start neither with a built-in nor with a name of the template's own.</summary>
internal sealed class ReferenceCollector
{
    private readonly List<(string[] Path, int Start)> _found = [];
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal) { "for", "while", "tablerow" };
    private readonly List<string> _hidden = [];

    public void Add(string[] path, int start)
    {
        if (!_hidden.Contains(path[0]) && !Builtins.All.ContainsKey(path[0]))
        {
            _found.Add((path, start));
        }
    }

    public void Assigned(string name) => _assigned.Add(name);

    /// <summary>Names that are parameters or members within what is collected next.</summary>
    public void Hide(IEnumerable<string> names) => _hidden.AddRange(names);

    public void Show(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _hidden.RemoveAt(_hidden.LastIndexOf(name));
        }
    }

    public IReadOnlyList<TemplateReference> Finish(string text)
    {
        var references = new List<TemplateReference>();
        foreach (var (path, start) in _found)
        {
            if (!_assigned.Contains(path[0]))
            {
                var place = TemplateException.At(text, start, "");
                references.Add(new TemplateReference(path, place.Line, place.Column));
            }
        }

        return references;
    }
}
