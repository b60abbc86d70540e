using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary>A run of names and indexes, followed without building nodelists.</summary>
internal sealed class SingularPath(SingularSelector[] selectors)
{
    public SingularSelector[] Selectors { get; } = selectors;

    /// <summary>Finds the value; without a run the walk is not charged.</summary>
    public bool TryFind(QueryRun? run, JsonElement start, out JsonElement value)
    {
        value = start;
        foreach (var selector in Selectors)
        {
            if (!selector.TrySelect(run, value, out value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells the value of every element where the path names one; null where there is none.</summary>
    /// <param name="bound">Told before (true) and after (false) the elements of each array.</param>
    public void FindAll<T>(JsonElement start, T to, Action<JsonElement?, T> tell, Action<bool, T> bound) => FindAll(start, 0, to, tell, bound);

    private void FindAll<T>(JsonElement value, int at, T to, Action<JsonElement?, T> tell, Action<bool, T> bound)
    {
        for (; at < Selectors.Length; at++)
        {
            if (Selectors[at] is IndexSelector && value.ValueKind == JsonValueKind.Array)
            {
                bound(true, to);
                foreach (var element in value.EnumerateArray())
                {
                    FindAll(element, at + 1, to, tell, bound);
                }

                if (value.GetArrayLength() == 0)
                {
                    tell(null, to);
                }

                bound(false, to);
                return;
            }

            if (!Selectors[at].TrySelect(null, value, out value))
            {
                tell(null, to);
                return;
            }
        }

        tell(value, to);
    }
}
