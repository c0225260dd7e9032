using System.Globalization;

namespace Ledger.Server.Argo;

/// <summary>Texts of the cluster's, as the log takes them: a job's output may hold anything, and must not keep what it is about from being recorded.</summary>
internal static class ArgoText
{
    /// <summary>How long a name may be; those in a cluster may be longer.</summary>
    public const int NameLength = 200;

    /// <summary>How long a message may be.</summary>
    public const int TextLength = 500;

    /// <summary>One line without control and format characters and broken surrogates, of at most so many characters; the fallback where nothing is left.</summary>
    public static string Line(string? text, int longest, string fallback)
    {
        if (text is null) return fallback;
        var line = string.Create(text.Length, text, static (kept, said) =>
        {
            for (var i = 0; i < said.Length; i++)
            {
                var isPair = char.IsHighSurrogate(said[i]) && i + 1 < said.Length && char.IsLowSurrogate(said[i + 1]);
                kept[i] = isPair || CharUnicodeInfo.GetUnicodeCategory(said[i]) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) ? said[i] : ' ';
                if (isPair) kept[i + 1] = said[++i];
            }
        }).Trim();
        if (line.Length > longest) line = line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)];
        return line.Length > 0 ? line : fallback;
    }
}
