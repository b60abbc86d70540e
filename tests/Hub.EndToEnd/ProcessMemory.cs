namespace Hub.EndToEnd;

/// <summary>What a process has of the machine's memory, as Linux counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>Megabytes (2^20) at the moment.</summary>
    public static long Now(int process) => Read(process, "VmRSS:");

    /// <summary>The most megabytes since the start, or since <see cref="ForgetPeak"/>.</summary>
    public static long Peak(int process) => Read(process, "VmHWM:");

    public static void ForgetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    private static long Read(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length).Trim().ToString().Split(' ')[0]) >> 10;
    }
}
