namespace Hub.Routing.JsonPath.Regexps;

internal sealed record SequenceNode(PatternNode[] Parts) : PatternNode(1 + Parts.Sum(p => p.Size))
{
    public override void Emit(List<Instruction> program)
    {
        foreach (var part in Parts)
        {
            part.Emit(program);
        }
    }
}
