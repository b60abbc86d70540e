using System.Security.Cryptography;
using System.Text;
using Hub.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Hub.Api.Auth;

/// <summary>
/// The key that opens /api: <c>Hub:AdminKey</c>, else one made at the first start, of which only a hash is kept.
/// </summary>
internal sealed class AdminKey(IOptions<AdminKeyOptions> options, HubDatabase database) : IHostedService
{
    private const string SettingKey = "admin_key_sha256";

    private byte[] _hash = [];

    /// <summary>The key made at this start, to be shown once; null at every later start and when one is configured.</summary>
    public string? NewlyMade { get; private set; }

    /// <summary>Whether an operator chose it.</summary>
    public bool IsConfigured => !string.IsNullOrEmpty(options.Value.AdminKey);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AdminKey is { Length: > 0 } configured)
        {
            _hash = Hash(configured);
            return;
        }

        await using var context = database.AcrossWorkspaces();
        if (await FindAsync(context, cancellationToken) is { } kept)
        {
            _hash = Convert.FromHexString(kept.Value);
            return;
        }

        var made = $"fp_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        var inserted = await context.Database.ExecuteSqlAsync(
            $"INSERT INTO hub.settings (key, value) VALUES ({SettingKey}, {Convert.ToHexStringLower(Hash(made))}) ON CONFLICT DO NOTHING",
            cancellationToken
        );
        NewlyMade = inserted == 1 ? made : null;
        _hash = Convert.FromHexString((await FindAsync(context, cancellationToken))!.Value);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Compares in constant time: hashes of equal length, whatever was presented.</summary>
    public bool Opens(string presented) => CryptographicOperations.FixedTimeEquals(Hash(presented), _hash);

    private static Task<Setting?> FindAsync(HubDbContext context, CancellationToken cancellationToken) =>
        context.Settings.FirstOrDefaultAsync(setting => setting.Key == SettingKey, cancellationToken);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
