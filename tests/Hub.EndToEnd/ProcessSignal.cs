using System.Runtime.InteropServices;

namespace Hub.EndToEnd;

/// <summary>Signals to other processes, which .NET does not send.</summary>
internal static partial class ProcessSignal
{
    private const int InterruptNumber = 2;
    private const int KillNumber = 9;

    /// <summary>What Ctrl-C sends.</summary>
    public static void Interrupt(int process) => Assert.Equal(0, Send(process, InterruptNumber));

    public static void Kill(int process) => Assert.Equal(0, Send(process, KillNumber));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
