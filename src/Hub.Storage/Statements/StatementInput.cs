namespace Hub.Storage.Statements;

/// <summary>Parameters of a statement that go together. Its text names them in braces; their numbers come from their order.</summary>
internal abstract class StatementInput
{
    /// <summary>How many parameters there are.</summary>
    public abstract int Count { get; }

    /// <summary>The text with the parameters in place of their names.</summary>
    /// <param name="first">The number of the first.</param>
    public abstract string Fill(string text, int first);
}
