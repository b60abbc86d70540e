namespace Hub.Routing.JsonPath.Regexps;

/// <summary>A part of a pattern; its size is at least the number of instructions it compiles to, and at least one.</summary>
internal abstract record PatternNode(long Size)
{
    public abstract void Emit(List<Instruction> program);
}
