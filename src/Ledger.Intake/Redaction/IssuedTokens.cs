namespace Ledger.Intake.Redaction;

/// <summary>Tokens that their issuers mark with a prefix, so that scanners find them.</summary>
internal static class IssuedTokens
{
    private static readonly (string Prefix, int MinLength, TokenAlphabet Alphabet)[] Issued =
    [
        ("AKIA", 16, TokenAlphabet.UpperDigits), ("ASIA", 16, TokenAlphabet.UpperDigits), // AWS access key ids
        ("ghp_", 20, TokenAlphabet.LettersDigits), ("gho_", 20, TokenAlphabet.LettersDigits), ("ghu_", 20, TokenAlphabet.LettersDigits),
        ("ghs_", 20, TokenAlphabet.LettersDigits), ("ghr_", 20, TokenAlphabet.LettersDigits), ("github_pat_", 20, TokenAlphabet.Url),
        ("glpat-", 20, TokenAlphabet.Url), ("npm_", 36, TokenAlphabet.LettersDigits), ("pypi-AgE", 20, TokenAlphabet.Url),
        ("xoxb-", 10, TokenAlphabet.Url), ("xoxp-", 10, TokenAlphabet.Url), ("xoxa-", 10, TokenAlphabet.Url), ("xoxr-", 10, TokenAlphabet.Url),
        ("xoxs-", 10, TokenAlphabet.Url), ("xoxe-", 10, TokenAlphabet.Url), ("xoxe.", 10, TokenAlphabet.Dotted),
        ("hooks.slack.com/services/", 10, TokenAlphabet.Path),
        ("sk_live_", 10, TokenAlphabet.LettersDigits), ("rk_live_", 10, TokenAlphabet.LettersDigits), ("AIza", 35, TokenAlphabet.Url),
        ("hvs.", 20, TokenAlphabet.Url), ("dckr_pat_", 20, TokenAlphabet.Url), ("AGE-SECRET-KEY-1", 20, TokenAlphabet.UpperDigits),
        ("ldg_", 8, TokenAlphabet.Url), // our own
        ("eyJ", 20, TokenAlphabet.Dotted), // JSON Web Tokens (RFC 7519): base64url of {"
    ];

    private enum TokenAlphabet
    {
        UpperDigits,
        LettersDigits,
        Url,
        Dotted,
        Path,
    }

    /// <summary>The prefixes, to look for.</summary>
    public static IEnumerable<string> Prefixes => Issued.Select(token => token.Prefix);

    public static bool TryMatch(ReadOnlySpan<char> text, int start, out Sensitive sensitive)
    {
        sensitive = default;
        if (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] == '_')) return false;
        foreach (var (prefix, minLength, alphabet) in Issued)
        {
            if (!text[start..].StartsWith(prefix, StringComparison.Ordinal)) continue;
            var end = start + prefix.Length;
            while (end < text.Length && Holds(alphabet, text[end])) end++;
            while (end > start && text[end - 1] == '.') end--;
            if (end - start - prefix.Length < minLength) continue;
            if (prefix is "AKIA" or "ASIA" && end - start != 20) continue;
            if (prefix == "eyJ" && text[start..end].Count('.') is < 1 or > 4) continue;
            sensitive = new Sensitive(start, end, Placeholders.Secret);
            return true;
        }

        return false;
    }

    private static bool Holds(TokenAlphabet alphabet, char c) => alphabet switch
    {
        TokenAlphabet.UpperDigits => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c),
        TokenAlphabet.LettersDigits => char.IsAsciiLetterOrDigit(c),
        TokenAlphabet.Url => char.IsAsciiLetterOrDigit(c) || c is '_' or '-',
        TokenAlphabet.Dotted => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.',
        TokenAlphabet.Path => char.IsAsciiLetterOrDigit(c) || c == '/',
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
