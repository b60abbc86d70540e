using System.Text.Json;
using Hub.Routing.Templates;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Writing;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>
/// A URL with values in it. A value at its very beginning gives the base and is taken as it is; all others are percent-encoded and can
/// neither change the host nor climb in the path.
/// </summary>
internal sealed class UrlInput : InputNode
{
    private readonly JsonPlace _place;
    private readonly Template? _base;
    private readonly Template _rest;
    private readonly string _outline;

    private UrlInput(JsonPlace place, Template? @base, Template rest, string outline) => (_place, _base, _rest, _outline) = (place, @base, rest, outline);

    public static UrlInput Create(Template template, JsonPlace place, ErrorList errors)
    {
        var pieces = TemplatePieces.Split(template.Text);
        if (TrySplit(pieces, out var @base, out var rest))
        {
            return new UrlInput(place, @base, rest, OutlineOf(pieces.Skip(1)));
        }

        var outline = OutlineOf(pieces);
        if (UrlHost.EndsInValue(outline))
        {
            errors.Error(
                ErrorCodes.UrlHostOpen,
                place,
                $"A value directly behind '{Conditions.NearestName.Shorten(UrlHost.Of(outline)!.Replace(UrlHost.Value, '…'))}' would change the URL's host.",
                "Put a / between the host and the value, or end the host with text as in https://{{ vars.shop }}.example.com/."
            );
        }

        return new UrlInput(place, null, template, outline);
    }

    public override void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options)
    {
        try
        {
            var start = _base?.Render(runContext, options) ?? string.Empty;
            var url = start + _rest.Render(runContext, options with { Place = TemplatePlace.UrlQuery });
            if (UrlHost.ErrorOf(url) is { } error)
            {
                throw new InputTemplateException(_place.Pointer(), error);
            }

            if (
                UrlHost.EndsInValue(start + _outline)
                && UrlHost.Of(url) != UrlHost.Of(start + _outline)!.Replace(UrlHost.Value.ToString(), string.Empty, StringComparison.Ordinal)
            )
            {
                throw new InputTemplateException(_place.Pointer(), "A value directly behind the URL's base would change its host; put a / between them.");
            }

            writer.WriteText(Conditions.JsonText.Sound(url));
        }
        catch (Exception e) when (e is TemplateException or JsonLimitException)
        {
            throw InputTemplateException.From(_place.Pointer(), e);
        }
    }

    // An expression writes nothing that the rest could read, so the two can be rendered apart.
    private static bool TrySplit(
        List<TemplatePiece> pieces,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Template? first,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Template? rest
    )
    {
        (first, rest) = (null, null);
        if (pieces is not [{ Kind: TemplatePieceKind.Value } start, _, ..])
        {
            return false;
        }

        var tail = string.Concat(pieces.Skip(1).Select(piece => piece.Text));
        return Template.TryParse(start.Text, out first, out _)
            && first.IsSingleExpression
            && Template.TryParse(
                start.Text.EndsWith("-}}", StringComparison.Ordinal) || start.Text.EndsWith("~}}", StringComparison.Ordinal) ? tail.TrimStart() : tail,
                out rest,
                out _
            );
    }

    private static string OutlineOf(IEnumerable<TemplatePiece> pieces) =>
        string.Concat(
            pieces.Select(piece =>
                piece.Kind switch
                {
                    TemplatePieceKind.Literal => piece.Text,
                    TemplatePieceKind.Value => UrlHost.Value.ToString(),
                    _ => string.Empty,
                }
            )
        );
}
