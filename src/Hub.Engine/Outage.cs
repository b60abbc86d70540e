namespace Hub.Engine;

/// <summary>Has a trouble that is met again and again said once, and its end once. Used by one loop.</summary>
internal sealed class Outage
{
    private bool _lasts;

    public void Seen(Action say)
    {
        if (!_lasts)
        {
            _lasts = true;
            say();
        }
    }

    public void Over(Action say)
    {
        if (_lasts)
        {
            _lasts = false;
            say();
        }
    }
}
