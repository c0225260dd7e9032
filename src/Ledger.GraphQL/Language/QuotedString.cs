using System.Text;

namespace Ledger.GraphQL.Language;

/// <summary>How a text is written as a quoted string (§2.9.4): control characters, quotes and backslashes escaped, all else as it is.</summary>
internal static class QuotedString
{
    public static string Print(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or (>= '\x7F' and <= '\x9F') => text.Append("\\u").Append(((int)c).ToString("X4", null)),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
