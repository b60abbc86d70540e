namespace Hub.Routing.JsonPath.Regexps;

internal sealed record AlternationNode(PatternNode[] Branches) : PatternNode(Branches.Sum(b => b.Size + 2))
{
    public override void Emit(List<Instruction> program)
    {
        var jumps = new List<int>();
        foreach (var branch in Branches.AsSpan()[..^1])
        {
            var split = program.Count;
            program.Add(default);
            branch.Emit(program);
            jumps.Add(program.Count);
            program.Add(default);
            program[split] = new Instruction(Operation.Split, split + 1, program.Count);
        }

        Branches[^1].Emit(program);
        foreach (var jump in jumps)
        {
            program[jump] = new Instruction(Operation.Jump, program.Count);
        }
    }
}
