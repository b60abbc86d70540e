namespace Hub.Routing.JsonPath.Regexps;

internal sealed record CharacterNode(CharacterSet Characters) : PatternNode(1)
{
    public override void Emit(List<Instruction> program) => program.Add(new Instruction(Operation.Character, Characters: Characters));
}
