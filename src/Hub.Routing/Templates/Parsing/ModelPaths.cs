using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Parsing;

/// <summary>The paths into the model that a template has.</summary>
/// <param name="keepsNothing">For code that comes up while rendering.</param>
internal sealed class ModelPaths(bool keepsNothing)
{
    private readonly Dictionary<(ModelPath?, string), ModelPath> _paths = [];
    private int _slots;

    /// <summary>How many paths are kept while the template is rendered.</summary>
    public int Slots => _slots;

    public ModelPath? Into(Expression target, string name)
    {
        var parent = target switch
        {
            GlobalVariable variable => variable.Path,
            MemberExpression member => member.Path,
            IndexExpression index => index.Path,
            _ => null,
        };
        return parent is null ? null : For(parent, name);
    }

    /// <summary>The one path of these names: where it is read in several places, it is read once.</summary>
    public ModelPath For(ModelPath? parent, string name)
    {
        if (!_paths.TryGetValue((parent, name), out var path))
        {
            path = new ModelPath(parent, new MemberName(name));
            _paths.Add((parent, name), path);

            // Code that comes up while rendering keeps nothing: the slots are those of the template.
            if (parent is not null && !keepsNothing && parent.Keep(_slots))
            {
                _slots++;
            }
        }

        return path;
    }
}
