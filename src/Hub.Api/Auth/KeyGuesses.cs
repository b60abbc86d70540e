using System.Net;
using Hub.Api.Connections;

namespace Hub.Api.Auth;

/// <summary>
/// Counts wrong admin keys by the address they came from. One that sent too many is not listened to for a while, whatever it sends: others still are. What is
/// remembered is bounded; of the addresses beyond that the longest silent is forgotten.
/// </summary>
internal sealed partial class KeyGuesses(TimeProvider time, ILogger<KeyGuesses> logger)
{
    /// <summary>Wrong keys that may come at once.</summary>
    public const int Burst = 10;

    public const int MaxAddresses = 4096;

    /// <summary>After which one more may come.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(6);

    /// <summary>At most so often is something written about all addresses together.</summary>
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, LinkedListNode<Guesser>> _byAddress = [];

    /// <summary>The longest silent first.</summary>
    private readonly LinkedList<Guesser> _bySilence = new();

    private long _lastLineAt;
    private int _unsaid;

    /// <summary>How long an address must be silent before it is listened to; zero when it is.</summary>
    public TimeSpan WaitOf(IPAddress? address)
    {
        lock (_gate)
        {
            return _byAddress.TryGetValue(AddressBlock.Of(address), out var node) && Left(node.Value) > Pause * (Burst - 1)
                ? Left(node.Value) - (Pause * (Burst - 1))
                : TimeSpan.Zero;
        }
    }

    /// <summary>A wrong key came.</summary>
    public void Note(IPAddress? address)
    {
        var key = AddressBlock.Of(address);
        int? said;
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(key, out var node))
            {
                if (_byAddress.Count >= MaxAddresses)
                {
                    _byAddress.Remove(_bySilence.First!.Value.Address);
                    _bySilence.RemoveFirst();
                }

                node = _byAddress[key] = new LinkedListNode<Guesser>(new Guesser(key));
            }
            else
            {
                _bySilence.Remove(node);
            }

            _bySilence.AddLast(node);
            node.Value.ForgottenAt = time.GetUtcNow() + Left(node.Value) + Pause;
            said = CountToSay();
        }

        if (said is { } count)
        {
            Log.WrongKey(logger, key, count);
        }
    }

    /// <summary>Until everything is forgotten.</summary>
    private TimeSpan Left(Guesser guesser) => guesser.ForgottenAt - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private int? CountToSay()
    {
        _unsaid++;
        if (_lastLineAt != 0 && time.GetElapsedTime(_lastLineAt) < BetweenLines)
        {
            return null;
        }

        var count = _unsaid;
        (_unsaid, _lastLineAt) = (0, time.GetTimestamp());
        return count;
    }

    private sealed class Guesser(IPAddress address)
    {
        public IPAddress Address => address;

        public DateTimeOffset ForgottenAt { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A wrong admin key came from {Address} ({Count} wrong keys since the last such line)")]
        public static partial void WrongKey(ILogger logger, IPAddress address, int count);
    }
}
