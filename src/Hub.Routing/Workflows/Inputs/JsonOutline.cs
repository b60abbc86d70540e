using System.Text;
using System.Text.Json;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>Tells whether a template writes a JSON document, by its own text.</summary>
internal static class JsonOutline
{
    public static bool IsJson(string template)
    {
        var pieces = TemplatePieces.Split(template);
        var shown = pieces.FindIndex(piece =>
            piece.Kind == TemplatePieceKind.Value || (piece.Kind == TemplatePieceKind.Literal && !string.IsNullOrWhiteSpace(piece.Text))
        );
        if (shown < 0 || pieces[shown].Kind == TemplatePieceKind.Value)
        {
            return false;
        }

        var start = pieces[shown].Text.AsSpan().Trim();
        if (start[0] is not ('{' or '['))
        {
            return false;
        }

        var next = start[1..].TrimStart();
        var looksRight = next.IsEmpty || next[0] is '"' or '}' or ']' || (start[0] == '[' && (next[0] is '{' or '[' or '-' || char.IsAsciiDigit(next[0])));
        return (start[0] == '{' && next is ['"', ..])
            || (looksRight && pieces.Exists(piece => piece.Kind == TemplatePieceKind.Statement))
            || Parses(pieces, "0")
            || Parses(pieces, "\"0\"");
    }

    private static bool Parses(List<TemplatePiece> pieces, string value)
    {
        var text = new StringBuilder();
        var inText = false;
        foreach (var piece in pieces)
        {
            if (piece.Kind == TemplatePieceKind.Literal)
            {
                text.Append(piece.Text);
                inText = EndsInText(piece.Text, inText);
            }
            else if (piece.Kind == TemplatePieceKind.Value)
            {
                text.Append(inText ? "0" : value);
            }
        }

        try
        {
            using var document = JsonDocument.Parse(text.ToString());
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool EndsInText(string literal, bool inText)
    {
        for (var i = 0; i < literal.Length; i++)
        {
            if (literal[i] == '"')
            {
                inText = !inText;
            }
            else if (literal[i] == '\\' && inText)
            {
                i++;
            }
        }

        return inText;
    }
}
