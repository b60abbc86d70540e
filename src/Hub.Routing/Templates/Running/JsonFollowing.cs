namespace Hub.Routing.Templates.Running;

/// <summary>Tells string literals from the rest of a JSON document that is being written.</summary>
internal struct JsonFollowing
{
    private bool _afterEscape;

    public bool IsInString { get; private set; }

    /// <summary>Takes in what is written.</summary>
    public void Follow(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (_afterEscape)
            {
                _afterEscape = false;
            }
            else if (c == '"')
            {
                IsInString = !IsInString;
            }
            else
            {
                _afterEscape = c == '\\' && IsInString;
            }
        }
    }
}
