namespace Hub.Storage.Statements;

/// <summary>A single parameter: <c>{name}</c> in the text.</summary>
internal sealed class OneValue(string name, string type) : StatementInput
{
    public override int Count => 1;

    public override string Fill(string text, int first) => text.Replace($"{{{name}}}", $"${first}::{type}", StringComparison.Ordinal);
}
