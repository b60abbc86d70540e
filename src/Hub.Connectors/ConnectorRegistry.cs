using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Hub.Connectors.Contract;

namespace Hub.Connectors;

/// <summary>All connectors of this process, and their actions by step type.</summary>
public sealed class ConnectorRegistry
{
    private readonly FrozenDictionary<string, IConnector> _connectors;
    private readonly FrozenDictionary<string, DeclaredAction> _actions;

    /// <exception cref="ArgumentException">Two connectors or two actions share a name, or an action's type names no connector.</exception>
    public ConnectorRegistry(IEnumerable<IConnector> connectors)
    {
        Connectors = [.. connectors.OrderBy(static connector => connector.Manifest.Name, StringComparer.Ordinal)];
        _connectors = Index(Connectors, static connector => connector.Manifest.Name);
        _actions = Index(
            Connectors.SelectMany(static connector => connector.Actions, static (connector, action) => new DeclaredAction(connector.Manifest, action)),
            static action => action.Manifest.Type
        );
        foreach (var (type, _) in _actions)
        {
            if (!TryFindConnector(type, out _))
            {
                throw new ArgumentException($"The action '{type}' belongs to no connector by its name.", nameof(connectors));
            }
        }
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<IConnector> Connectors { get; }

    /// <param name="type">A step's type: <c>slack.post_message</c>.</param>
    public bool TryFindAction(string type, [NotNullWhen(true)] out DeclaredAction? action) => _actions.TryGetValue(type, out action);

    /// <param name="name">A connector's name, or a step's type, of which the part before the dot counts.</param>
    public bool TryFindConnector(string name, [NotNullWhen(true)] out IConnector? connector)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return _connectors.TryGetValue(dot < 0 ? name : name[..dot], out connector);
    }

    private static FrozenDictionary<string, T> Index<T>(IEnumerable<T> items, Func<T, string> name)
    {
        var byName = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!byName.TryAdd(name(item), item))
            {
                throw new ArgumentException($"'{name(item)}' is declared twice.", nameof(items));
            }
        }

        return byName.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
