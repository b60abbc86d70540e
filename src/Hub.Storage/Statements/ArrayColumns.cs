using Npgsql;

namespace Hub.Storage.Statements;

/// <summary>
/// The columns of rows that a statement takes as arrays, one parameter each: this list makes the parameters and the SQL that reads them, so that a column is
/// added in one place. With the alias <c>e</c>, <c>{e.rows}</c> is the rows as a table of that name; <c>{e.columns}</c> are the columns that are stored,
/// <c>{e.values}</c> their values, and <c>{e.updates}</c> the new values of those outside of the key when a row exists.
/// </summary>
internal sealed class ArrayColumns<TRow>(string alias) : StatementInput
{
    private readonly List<Column> _columns = [];

    public override int Count => _columns.Count;

    /// <summary>A column that is stored as it is.</summary>
    public ArrayColumns<TRow> Add<TValue>(string name, Func<TRow, TValue> value) => Add(name, ColumnUse.Stored, value);

    /// <summary>A stored column by which a row is known.</summary>
    public ArrayColumns<TRow> AddKey<TValue>(string name, Func<TRow, TValue> value) => Add(name, ColumnUse.Key, value);

    /// <summary>A stored column of JSON, sent as text.</summary>
    public ArrayColumns<TRow> AddJson(string name, Func<TRow, string?> value) => Add(name, ColumnUse.Json, value);

    /// <summary>A column that the statement reads and does not store as it is.</summary>
    public ArrayColumns<TRow> AddRead<TValue>(string name, Func<TRow, TValue> value) => Add(name, ColumnUse.Read, value);

    public void AddTo(NpgsqlParameterCollection parameters, TRow[] rows)
    {
        foreach (var column in _columns)
        {
            column.AddTo(parameters, rows);
        }
    }

    public override string Fill(string text, int first)
    {
        var stored = _columns.FindAll(column => column.Use != ColumnUse.Read);
        var arrays = string.Join(", ", _columns.Select((column, i) => $"${first + i}::{column.Type}[]"));
        return text.Replace($"{{{alias}.rows}}", $"unnest({arrays}) AS {alias} ({Names(_columns)})", StringComparison.Ordinal)
            .Replace($"{{{alias}.columns}}", Names(stored), StringComparison.Ordinal)
            .Replace(
                $"{{{alias}.values}}",
                List(stored, column => $"{alias}.{column.Name}{(column.Use == ColumnUse.Json ? "::json" : "")}"),
                StringComparison.Ordinal
            )
            .Replace(
                $"{{{alias}.updates}}",
                List(stored.FindAll(column => column.Use != ColumnUse.Key), column => $"{column.Name} = excluded.{column.Name}"),
                StringComparison.Ordinal
            );
    }

    private ArrayColumns<TRow> Add<TValue>(string name, ColumnUse use, Func<TRow, TValue> value)
    {
        _columns.Add(new Column(name, TypeOf(typeof(TValue)), use, (parameters, rows) => parameters.AddArray(rows, value)));
        return this;
    }

    private static string Names(List<Column> columns) => List(columns, column => column.Name);

    private static string List(List<Column> columns, Func<Column, string> text) => string.Join(", ", columns.Select(text));

    private static string TypeOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(Guid) => "uuid",
            var t when t == typeof(string) => "text",
            var t when t == typeof(int) => "int",
            var t when t == typeof(short) => "smallint",
            var t when t == typeof(long) => "bigint",
            var t when t == typeof(double) => "float8",
            var t when t == typeof(bool) => "boolean",
            var t when t == typeof(byte[]) => "bytea",
            var t when t == typeof(DateTimeOffset) => "timestamptz",
            _ => throw new ArgumentException($"{type} has no type of the database here", nameof(type)),
        };

    private sealed record Column(string Name, string Type, ColumnUse Use, Action<NpgsqlParameterCollection, TRow[]> AddTo);
}
