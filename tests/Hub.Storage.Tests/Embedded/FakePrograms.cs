namespace Hub.Storage.Tests.Embedded;

/// <summary>Shell scripts that stand in for PostgreSQL's programs and for npm.</summary>
internal static class FakePrograms
{
    public static string Postgres(string folder, int major)
    {
        Directory.CreateDirectory(folder);
        Script(Path.Combine(folder, "postgres"), $"echo 'postgres (PostgreSQL) {major}.1'");
        Script(Path.Combine(folder, "initdb"), "exit 0");
        return folder;
    }

    public static string Script(string file, string body)
    {
        File.WriteAllText(file, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        }

        return file;
    }
}
