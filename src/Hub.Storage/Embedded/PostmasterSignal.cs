namespace Hub.Storage.Embedded;

/// <summary>The POSIX signals that shut PostgreSQL down.</summary>
internal enum PostmasterSignal
{
    /// <summary>SIGINT: open transactions are rolled back, a checkpoint is written.</summary>
    Fast = 2,

    /// <summary>SIGQUIT: everything ends at once; the next start recovers.</summary>
    Immediate = 3,
}
