using System.Runtime.InteropServices;

namespace Hub.EndToEnd;

/// <summary>Signals to other processes, which .NET does not send.</summary>
internal static partial class ProcessSignal
{
    private const int InterruptNumber = 2;
    private const int KillNumber = 9;
    private const int ContinueNumber = 18;
    private const int StopNumber = 19;

    /// <summary>What Ctrl-C sends.</summary>
    public static void Interrupt(int process) => Assert.Equal(0, Send(process, InterruptNumber));

    public static void Kill(int process) => Assert.Equal(0, Send(process, KillNumber));

    /// <summary>It does nothing any more until <see cref="Continue"/>; its connections stay open. These numbers are Linux's.</summary>
    public static void Stop(int process) => Assert.Equal(0, Send(process, StopNumber));

    public static void Continue(int process) => Assert.Equal(0, Send(process, ContinueNumber));

    /// <summary>
    /// A job in the background of a script ignores Ctrl-C, and so would every process that is started from it. From now on they do not.
    /// </summary>
    public static void HaveInterruptsHeard() => _ = SetHandler(InterruptNumber, IntPtr.Zero);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial IntPtr SetHandler(int signal, IntPtr handler);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
