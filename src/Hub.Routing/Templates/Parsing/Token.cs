using System.Runtime.InteropServices;

namespace Hub.Routing.Templates.Parsing;

/// <summary>A piece of the template: offsets of its first and last character.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(TokenKind Kind, int Start, int End);
