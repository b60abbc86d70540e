using System.Text;

namespace Hub.Routing.Templates.Values;

/// <summary>A member's name, encoded once for lookups in JSON.</summary>
internal sealed class MemberName(string text)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);
}
