using System.Diagnostics;
using Hub.Storage.Embedded;
using Hub.Storage.Tests.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(MadeCluster))]

namespace Hub.Storage.Tests.Embedded;

/// <summary>A data directory with a database in it, made once and copied for each test that does not test the making.</summary>
public sealed class MadeCluster : IDisposable
{
    private readonly Lazy<TestFolder> _folder = new(() => new TestFolder());
    private readonly Lazy<Task<string>> _made;

    public MadeCluster() => _made = new Lazy<Task<string>>(MakeAsync);

    /// <summary>Copies with owners and modes. Where databases are put elsewhere there is nothing to copy, and the test makes its own.</summary>
    public async Task CopyToAsync(string data)
    {
        var source = await _made.Value;
        if (!File.Exists(Path.Combine(source, "postgresql.location")))
        {
            using var copy = Process.Start("cp", ["-a", source, data]);
            await copy.WaitForExitAsync();
            File.Delete(Path.Combine(data, "postgresql.port"));
        }
    }

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Dispose();
        }
    }

    private async Task<string> MakeAsync()
    {
        var data = _folder.Value.Below("made");
        await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = data }, NullLogger.Instance);
        return data;
    }
}
