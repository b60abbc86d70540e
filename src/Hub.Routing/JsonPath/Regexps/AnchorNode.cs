namespace Hub.Routing.JsonPath.Regexps;

internal sealed record AnchorNode(Operation Anchor) : PatternNode(1)
{
    public override void Emit(List<Instruction> program) => program.Add(new Instruction(Anchor));
}
