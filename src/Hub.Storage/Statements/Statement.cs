namespace Hub.Storage.Statements;

/// <summary>A .sql file with its parameters numbered. Who runs it adds their values in the same order.</summary>
internal sealed class Statement
{
    public Statement(string path, params StatementInput[] inputs)
    {
        (Path, Text) = (path, SqlText.Load(path));
        var first = 1;
        foreach (var input in inputs)
        {
            Text = input.Fill(Text, first);
            first += input.Count;
        }
    }

    /// <summary>Below the project's folder.</summary>
    public string Path { get; }

    public string Text { get; }
}
