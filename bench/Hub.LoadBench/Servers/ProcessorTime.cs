namespace Hub.LoadBench.Servers;

/// <summary>Processor time that processes have used, from /proc; null where there is none.</summary>
internal static class ProcessorTime
{
    private const double MicrosPerTick = 10_000;

    public static double? OfProcess(int id) => Read($"/proc/{id}/stat")?.Own;

    /// <summary>A process, the children it still has, and those that have ended.</summary>
    public static double? OfFamily(int id)
    {
        if (Read($"/proc/{id}/stat") is not { } parent)
        {
            return null;
        }

        var children = Directory
            .EnumerateDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(folder => Read(Path.Combine(folder, "stat")))
            .Where(child => child?.Parent == id)
            .Sum(child => child!.Value.Own);
        return parent.Own + parent.Ended + children;
    }

    private static (int Parent, double Own, double Ended)? Read(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (
                int.Parse(fields[1]),
                (long.Parse(fields[11]) + long.Parse(fields[12])) * MicrosPerTick,
                (long.Parse(fields[13]) + long.Parse(fields[14])) * MicrosPerTick
            );
        }
        catch (IOException)
        {
            return null;
        }
    }
}
