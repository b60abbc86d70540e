namespace Hub.Storage.Rounds;

/// <summary>Tells what became of rounds that failed: at once when it is new, and then now and then while it lasts.</summary>
internal sealed class RoundTrouble(RoundRules rules, TimeProvider time)
{
    private Type? _told;
    private long _toldAt;

    public void Seen(Exception exception)
    {
        if (_told == exception.GetType() && time.GetElapsedTime(_toldAt) < rules.Quiet)
        {
            return;
        }

        (_told, _toldAt) = (exception.GetType(), time.GetTimestamp());
        if (DatabaseExceptions.IsAway(exception))
        {
            rules.TellAway(exception.Message);
        }
        else
        {
            rules.TellFailed(exception);
        }
    }

    public void Over() => _told = null;
}
