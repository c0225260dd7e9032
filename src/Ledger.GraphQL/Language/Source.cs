using System.Text;

namespace Ledger.GraphQL.Language;

/// <summary>The text of a document. Nodes keep byte offsets into it; lines and columns are worked out only when an error needs them.</summary>
/// <param name="Utf8">The text, UTF-8.</param>
public sealed record Source(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The line and column of a byte offset. Linear in the offset.</summary>
    /// <param name="offset">From 0 to the text's length, at the start of a character.</param>
    public SourceLocation LocationOf(int offset)
    {
        var before = Utf8.Span[..offset];
        var line = 1;
        while (before.IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0)
        {
            // The LF of a CR LF belongs to the line it ends, also where the offset stands between the two.
            var length = before[end] == '\r' && end + 1 < before.Length && before[end + 1] == '\n' ? 2 : 1;
            before = before[(end + length)..];
            line++;
        }

        return new SourceLocation(line, Encoding.UTF8.GetCharCount(before) + 1);
    }

    /// <summary>The text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
