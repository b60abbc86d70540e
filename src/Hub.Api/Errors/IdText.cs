namespace Hub.Api.Errors;

/// <summary>How ids look, as errors show it.</summary>
internal static class IdText
{
    public const string Example = "0198c5a2-7b3e-7c00-8000-000000000001";
}
