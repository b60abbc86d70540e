namespace Hub.EndToEnd.Documents;

/// <summary>A fenced block of a page.</summary>
/// <param name="Place">File and line, for failures.</param>
/// <param name="Language">The word behind the fence; empty for none.</param>
/// <param name="Lead">The paragraph right before the block.</param>
internal sealed record MarkdownBlock(string Place, string Language, string Text, string Lead)
{
    /// <summary>Every block of a page, in order.</summary>
    public static IReadOnlyList<MarkdownBlock> Read(string file)
    {
        var blocks = new List<MarkdownBlock>();
        var lead = new List<string>();
        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                lead.Add(lines[i]);
                continue;
            }

            var end = Array.IndexOf(lines, "```", i + 1);
            Assert.True(end > i, $"{Path.GetFileName(file)}:{i + 1}: the block has no end");
            var text = string.Join('\n', lines[(i + 1)..end]);
            blocks.Add(new MarkdownBlock($"{Path.GetFileName(file)}:{i + 1}", lines[i][3..].Trim(), text, string.Join('\n', lead).Trim()));
            lead.Clear();
            i = end;
        }

        return blocks;
    }
}
