namespace Hub.Signatures;

/// <summary>What is read as a form; a body beyond it is the text it is, and no form that is signed by its fields.</summary>
public static class FormLimits
{
    public const int MaxFields = 1000;

    /// <summary>In characters.</summary>
    public const int MaxNameLength = 512;
}
