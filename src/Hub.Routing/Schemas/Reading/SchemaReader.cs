using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Conditions;
using Hub.Routing.Patterns;
using Hub.Routing.Schemas.Checking;
using Hub.Routing.Schemas.Rules;

namespace Hub.Routing.Schemas.Reading;

/// <summary>Compiles one schema and tells every flaw in it.</summary>
internal sealed class SchemaReader
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<(ReferenceRule Rule, string Target, string Pointer)> _references = [];
    private int _patterns;

    public List<SchemaFlaw> Flaws { get; } = [];

    public bool IsFull => Flaws.Count >= SchemaLimits.Flaws;

    public SchemaNode Read(JsonElement schema)
    {
        var root = ReadNode(schema, string.Empty, depth: 1);
        foreach (var (rule, target, pointer) in _references)
        {
            rule.Target = _nodes.GetValueOrDefault(target);
            if (rule.Target is null)
            {
                Refuse(
                    pointer,
                    $"There is no schema at '#{NearestName.Shorten(target)}'.",
                    "Name a schema of this document, such as #/$defs/address, or # for the whole."
                );
            }
        }

        if (Flaws.Count == 0 && EndlessSchemas.Find(_nodes.Values) is { } endless)
        {
            Refuse(
                endless.Pointer,
                "The schema leads back to itself for the same value, so checking would never end.",
                "Refer to it from within properties or items, or take the reference out."
            );
        }

        return root;
    }

    public SchemaNode ReadNode(JsonElement element, string pointer, int depth)
    {
        var node = new SchemaNode(pointer);
        if (_nodes.Count >= SchemaLimits.Schemas || depth > SchemaLimits.Depth)
        {
            var (problem, remedy) =
                depth > SchemaLimits.Depth
                    ? ($"The schema is nested more than {SchemaLimits.Depth} deep.", "Flatten it, or move parts to $defs.")
                    : ($"The schema holds more than {SchemaLimits.Schemas} schemas.", "Check less of the value, or move what repeats to $defs.");
            if (Flaws.Count == 0 || Flaws[^1].Message != problem)
            {
                Refuse(pointer, problem, remedy);
            }

            return node;
        }

        _nodes.TryAdd(pointer, node);
        if (element.ValueKind == JsonValueKind.False)
        {
            node.Rules = [new NeverRule()];
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            node.Rules = ReadRules(new SchemaObject(this, element, pointer, depth));
        }
        else if (element.ValueKind != JsonValueKind.True)
        {
            Refuse(pointer, "A schema is an object, or true or false.", "Write an object such as { \"type\": \"string\" }.");
        }

        return node;
    }

    /// <summary>Notes a reference; what it names may not have been read yet.</summary>
    public ReferenceRule? ReadReference(string reference, string pointer)
    {
        if (reference.Length == 0 || reference[0] != '#' || (reference.Length > 1 && reference[1] != '/'))
        {
            Refuse(
                pointer,
                $"'{NearestName.Shorten(reference)}' is not a place in this schema.",
                "Refer to #/$defs/name or to #; schemas elsewhere are not fetched, copy them into $defs."
            );
            return null;
        }

        var rule = new ReferenceRule();
        _references.Add((rule, Uri.UnescapeDataString(reference[1..]), pointer));
        return rule;
    }

    public Regex? ReadPattern(string pattern, string pointer)
    {
        if (++_patterns > SchemaLimits.Patterns)
        {
            Refuse(pointer, $"The schema has more than {SchemaLimits.Patterns} patterns.", "Make it simpler.");
            return null;
        }

        try
        {
            return TextPattern.Compile(pattern, "u", PatternTimeout);
        }
        catch (PatternException e)
        {
            Refuse(pointer, $"The regular expression is not usable: {e.Message}", TextPattern.Remedy);
            return null;
        }
    }

    public void Refuse(string pointer, string message, string remedy)
    {
        if (!IsFull)
        {
            Flaws.Add(new SchemaFlaw(pointer, message, remedy));
        }
    }

    private static List<SchemaRule> ReadRules(SchemaObject schema)
    {
        var rules = new List<SchemaRule>();
        foreach (var keyword in SchemaKeywords.All)
        {
            if (keyword.Names.Any(schema.Has))
            {
                rules.AddRange(keyword.Read(schema));
            }
        }

        schema.RefuseOthers();
        return rules;
    }
}
