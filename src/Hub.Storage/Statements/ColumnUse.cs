namespace Hub.Storage.Statements;

/// <summary>What a statement does with a column of its rows.</summary>
internal enum ColumnUse
{
    Stored,
    Key,
    Json,
    Read,
}
