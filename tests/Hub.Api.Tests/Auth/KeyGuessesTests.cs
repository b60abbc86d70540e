using Hub.Api.Auth;
using Microsoft.Extensions.Logging;

namespace Hub.Api.Tests.Auth;

public sealed class KeyGuessesTests : IDisposable
{
    private static readonly IPAddress Guesser = IPAddress.Parse("203.0.113.7");

    private readonly ManualTime _time = new();
    private readonly LogLines _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly KeyGuesses _guesses;

    public KeyGuessesTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _guesses = new KeyGuesses(_time, _loggers.CreateLogger<KeyGuesses>());
    }

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public void Address_AfterTooManyWrongKeys_WaitsAndOthersDoNot()
    {
        Guess(Guesser, KeyGuesses.Burst - 1);
        Assert.Equal(TimeSpan.Zero, _guesses.WaitOf(Guesser));
        Guess(Guesser, 1);
        Assert.Equal(TimeSpan.FromSeconds(6), _guesses.WaitOf(Guesser));
        Assert.Equal(TimeSpan.Zero, _guesses.WaitOf(IPAddress.Parse("203.0.113.8")));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.Zero, _guesses.WaitOf(Guesser));
        Guess(Guesser, 1);
        Assert.NotEqual(TimeSpan.Zero, _guesses.WaitOf(Guesser));
        _time.Advance(TimeSpan.FromMinutes(2));
        Guess(Guesser, KeyGuesses.Burst - 1);
        Assert.Equal(TimeSpan.Zero, _guesses.WaitOf(Guesser));
    }

    [Fact]
    public void Address_OfOneNetworkOrWrittenOtherwise_IsTheSame()
    {
        Guess(IPAddress.Parse("2001:db8::1"), KeyGuesses.Burst);
        Guess(Guesser, KeyGuesses.Burst);
        Assert.NotEqual(TimeSpan.Zero, _guesses.WaitOf(IPAddress.Parse("2001:db8::ffff:2")));
        Assert.Equal(TimeSpan.Zero, _guesses.WaitOf(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.NotEqual(TimeSpan.Zero, _guesses.WaitOf(IPAddress.Parse("::ffff:203.0.113.7")));
    }

    [Fact]
    public void Addresses_TooMany_ForgetTheLongestSilent()
    {
        Guess(Guesser, KeyGuesses.Burst);
        for (var i = 0; i < KeyGuesses.MaxAddresses; i++)
        {
            Guess(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]), 1);
        }

        Assert.Equal(TimeSpan.Zero, _guesses.WaitOf(Guesser));
    }

    [Fact]
    public void Log_HasOneLineASecondAndCountsTheRest()
    {
        Guess(Guesser, 5);
        _time.Advance(TimeSpan.FromSeconds(2));
        Guess(Guesser, 1);
        Assert.Equal(
            [
                "Warning: A wrong admin key came from 203.0.113.7 (1 wrong keys since the last such line) ",
                "Warning: A wrong admin key came from 203.0.113.7 (5 wrong keys since the last such line) ",
            ],
            _log.Text.Split('\n')
        );
    }

    private void Guess(IPAddress address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _guesses.Note(address);
        }
    }
}
