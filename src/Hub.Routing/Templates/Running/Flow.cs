namespace Hub.Routing.Templates.Running;

internal enum Flow : byte
{
    Next,
    Break,
    Continue,
    Return,
}
