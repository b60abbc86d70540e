using Npgsql;

namespace Hub.Storage;

/// <summary>Columns of a batch as PostgreSQL arrays, for statements that read them with <c>unnest</c>.</summary>
internal static class ArrayParameters
{
    public static void AddArray<TRow, TValue>(this NpgsqlParameterCollection parameters, TRow[] rows, Func<TRow, TValue> column)
    {
        var values = new TValue[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            values[i] = column(rows[i]);
        }

        parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = values });
    }
}
