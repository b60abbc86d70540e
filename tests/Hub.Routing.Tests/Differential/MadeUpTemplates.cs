namespace Hub.Routing.Tests.Differential;

/// <summary>Templates whose parts mostly fit each other.</summary>
internal sealed class MadeUpTemplates(Random random)
{
    private static readonly string[] Numbers =
    [
        "n",
        "zero",
        "minus",
        "half",
        "order.id",
        "list[1]",
        "order.items[0].quantity",
        "0",
        "1",
        "5",
        "12",
        "2.5",
        "list.size",
        "(-4)",
    ];
    private static readonly string[] Texts =
    [
        "word",
        "text",
        "padded",
        "umlaut",
        "hollow",
        "words[0]",
        "order.customer.name",
        "'a'",
        "'two'",
        "\"O\"",
        "'x-y-z'",
        "order.items[1].sku",
    ];
    private static readonly string[] Lists = ["list", "words", "mixed", "none", "[1, 2, 3]", "['b', 'a']", "(1..4)", "order.items"];
    private static readonly string[] Truths = ["yes", "no", "nothing", "true", "false", "absent"];
    private static readonly string[] TextToText =
    [
        "string.upcase",
        "string.downcase",
        "string.capitalize",
        "string.capitalizewords",
        "string.strip",
        "string.lstrip",
        "string.rstrip",
        "string.handleize",
        "html.escape",
        "string.append '!'",
        "string.prepend '<'",
        "string.replace 'o' '0'",
        "string.replace_first 'e' '3'",
        "string.remove 'e'",
        "string.remove_first 'o'",
        "string.truncate 4",
        "string.truncate 6 '..'",
        "string.truncatewords 1",
        "string.pad_left 8",
        "string.pad_right 8",
        "string.slice 1",
        "string.slice 0 2",
        "string.slice -2",
        "string.slice1 1",
        "string.slice1 0 3",
        "string.strip_newlines",
        "string.escape",
        "html.strip",
        "string.literal",
        "string.remove_last 'e'",
        "string.replace_first 'o' ''",
    ];

    private static readonly string[] TextToAny =
    [
        "string.size",
        "string.contains 'o'",
        "string.starts_with 'O'",
        "string.ends_with 'w'",
        "string.split ' '",
        "string.to_int",
        "string.index_of 'o'",
        "string.empty",
        "string.whitespace",
        "string.equals_ignore_case 'FLOW'",
        "object.typeof",
        "object.size",
    ];

    private static readonly string[] NumberToAny =
    [
        "math.abs",
        "math.ceil",
        "math.floor",
        "math.round",
        "math.round 1",
        "math.plus 2",
        "math.minus 2",
        "math.times 3",
        "math.modulo 4",
        "math.is_number",
        "math.format 'F2'",
        "math.format '0.00'",
        "object.typeof",
        "string.pad_left 5",
    ];

    private static readonly string[] ListToList =
    [
        "array.reverse",
        "array.sort",
        "array.uniq",
        "array.compact",
        "array.limit 2",
        "array.offset 1",
        "array.add 9",
        "array.concat [7, 8]",
        "array.add_range ['q']",
        "array.insert_at 1 'i'",
        "array.remove_at 0",
    ];

    private static readonly string[] ListToAny =
    [
        "array.size",
        "array.first",
        "array.last",
        "array.join ', '",
        "array.join ''",
        "array.contains 3",
        "array.contains 'fig'",
        "object.size",
    ];

    public string Text() =>
        random.Next(6) switch
        {
            0 => $"a {{{{ {Any(3)} }}}} b {{{{ {Any(2)} }}}}",
            1 => $"{{{{ if {Truth(2)} }}}}{Hole(2)}{{{{ else if {Truth(1)} }}}}x{{{{ else }}}}{Hole(1)}{{{{ end }}}}",
            2 => $"{{{{ for item in {List(2)} }}}}{{{{ for.index }}}}:{{{{ item }}}}{{{{ if for.last }}}}.{{{{ else }}}},{{{{ end }}}}{{{{ else "
                + $"}}}}none{{{{ end }}}}",
            3 => $"{{{{ x = {Any(2)} }}}}{{{{ y = {Any(1)}; x }}}}-{{{{ y -}}}}  z {{{{~ x ~}}}}",
            4 => $"{{{{ case {Any(1)} }}}}{{{{ when {Any(0)}, {Any(0)} }}}}one{{{{ when {Any(0)} }}}}two{{{{ else }}}}other{{{{ end }}}}{{{{ capture c "
                + $"}}}}{Hole(1)}{{{{ end }}}}[{{{{ c }}}}]",
            _ => $"{{{{ {Any(3)} }}}}",
        };

    private string Hole(int depth) => $"{{{{ {Any(depth)} }}}}";

    private string Any(int depth) =>
        random.Next(5) switch
        {
            0 => Number(depth),
            1 => String(depth),
            2 => List(depth),
            3 => Truth(depth),
            _ when depth > 0 => random.Next(3) switch
            {
                0 => $"({String(depth - 1)} | {Pick(TextToAny)})",
                1 => $"({Number(depth - 1)} | {Pick(NumberToAny)})",
                _ => $"({List(depth - 1)} | {Pick(ListToAny)})",
            },
            _ => Pick(Texts),
        };

    private string Number(int depth) =>
        depth == 0 || random.Next(3) == 0 ? Pick(Numbers) : $"({Number(depth - 1)} {Pick(["+", "-", "*", "/", "//", "%"])} {Number(depth - 1)})";

    private string String(int depth) =>
        depth == 0 || random.Next(3) == 0 ? Pick(Texts)
        : random.Next(3) == 0 ? $"({String(depth - 1)} + {Any(depth - 1)})"
        : $"({String(depth - 1)} | {Pick(TextToText)})";

    private string List(int depth) =>
        depth == 0 || random.Next(2) == 0 ? Pick(Lists)
        : random.Next(4) == 0 ? $"({String(depth - 1)} | string.split 'e')"
        : $"({List(depth - 1)} | {Pick(ListToList)})";

    private string Truth(int depth) =>
        depth == 0
            ? Pick(Truths)
            : random.Next(6) switch
            {
                0 => $"(!{Truth(depth - 1)})",
                1 => $"({Truth(depth - 1)} {Pick(["&&", "||"])} {Truth(depth - 1)})",
                2 => $"({Number(depth - 1)} {Pick(["==", "!=", "<", "<=", ">", ">="])} {Number(depth - 1)})",
                3 => $"({String(depth - 1)} {Pick(["==", "!="])} {String(depth - 1)})",
                4 => $"({Any(depth - 1)} ?? {Any(depth - 1)})",
                _ => $"({Truth(depth - 1)} ? {Any(depth - 1)} : {Any(depth - 1)})",
            };

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
