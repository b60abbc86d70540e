using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Hub.Fields;

namespace Hub.Routing.Schemas.Checking;

/// <summary>One check of one value: the place it has come to, the errors found, and the work left.</summary>
internal sealed class SchemaRun
{
    private const int LongestName = 200;

    private readonly List<SchemaError> _errors = [];

    // A name, or an index when the name is null.
    private readonly Stack<(string? Name, int Index)> _place = new();
    private int _work = SchemaLimits.Work;
    private int _nesting;
    private int _silence;

    public IReadOnlyList<SchemaError> Errors => _errors;

    /// <summary>Whether errors beyond the first are of interest.</summary>
    public bool WantsMore => _silence == 0 && _errors.Count < SchemaLimits.Errors;

    /// <summary>Takes work off the budget.</summary>
    public void Charge(int steps)
    {
        _work -= steps;
        if (_work < 0)
        {
            throw new SchemaLimitException($"Checking the value takes more than {SchemaLimits.Work} steps.");
        }
    }

    /// <summary>Charges for reading so many bytes.</summary>
    public void ChargeBytes(int bytes) => Charge(bytes >> 4);

    public void Enter()
    {
        if (++_nesting > SchemaLimits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new SchemaLimitException($"Schemas lie more than {SchemaLimits.Nesting} deep within one another here.");
        }
    }

    public void Leave() => _nesting--;

    /// <summary>Records an error of the value at hand. The message is made only when it is heard.</summary>
    /// <returns>False, for the rule to return.</returns>
    public bool Fail(string keyword, Func<string> message)
    {
        if (WantsMore)
        {
            _errors.Add(new SchemaError(Pointer(), keyword, message()));
        }

        return false;
    }

    /// <inheritdoc cref="Fail(string, Func{string})"/>
    public bool Fail(string keyword, string message)
    {
        if (WantsMore)
        {
            _errors.Add(new SchemaError(Pointer(), keyword, message));
        }

        return false;
    }

    public void AddLimit(string message)
    {
        if (_errors.Count >= SchemaLimits.Errors)
        {
            return;
        }

        _errors.Add(new SchemaError(Pointer(), SchemaError.Limit, message));
    }

    public bool CheckMember(SchemaNode schema, string name, JsonElement value)
    {
        _place.Push((name, 0));
        var holds = schema.Check(this, value);
        _place.Pop();
        return holds;
    }

    public bool CheckItem(SchemaNode schema, int index, JsonElement value)
    {
        _place.Push((null, index));
        var holds = schema.Check(this, value);
        _place.Pop();
        return holds;
    }

    /// <summary>Whether a value fulfils a schema, without telling errors.</summary>
    public bool Holds(SchemaNode schema, JsonElement value)
    {
        _silence++;
        var holds = schema.Check(this, value);
        _silence--;
        return holds;
    }

    private string Pointer()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _place.Reverse())
        {
            text.Append('/');
            if (name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"{index}");
            }
            else
            {
                text.Append(PointerText.Escape(name[..Characters.WholeUnits(name, LongestName)]));
            }
        }

        return text.ToString();
    }
}
