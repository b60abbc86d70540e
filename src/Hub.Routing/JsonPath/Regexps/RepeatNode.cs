namespace Hub.Routing.JsonPath.Regexps;

/// <summary>Repetitions are written out; without a most, the last one loops.</summary>
internal sealed record RepeatNode(PatternNode Part, int Least, int? Most) : PatternNode((Part.Size + 2) * Math.Max(1, Most ?? Least + 1))
{
    public override void Emit(List<Instruction> program)
    {
        for (var i = 0; i < Least; i++)
        {
            Part.Emit(program);
        }

        var splits = new List<int>();
        for (var i = Least; i < (Most ?? Least + 1); i++)
        {
            splits.Add(program.Count);
            program.Add(default);
            Part.Emit(program);
        }

        if (Most is null)
        {
            program.Add(new Instruction(Operation.Jump, splits[0]));
        }

        foreach (var split in splits)
        {
            program[split] = new Instruction(Operation.Split, split + 1, program.Count);
        }
    }
}
