using System.Buffers;

namespace Ledger.Domain;

/// <summary>What the free texts of commands may be.</summary>
internal static class Text
{
    public const int NoteLength = 4_000;
    public const int NameLength = 200;

    // What turns the direction of text makes a record read otherwise than it is.
    private static readonly SearchValues<char> Bidirectional = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>A refusal when <paramref name="text"/> is not 1 to <paramref name="maximum"/> characters of readable text; null when it is.</summary>
    public static Refusal? Check(string field, string? text, int maximum)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new Refusal("text_missing", $"'{field}' is empty", $"give '{field}' a text of 1 to {maximum} characters");
        if (text.Length > maximum)
            return new Refusal("text_too_long", $"'{field}' has {text.Length} characters, more than {maximum}", "shorten it, and link to what is longer");
        return text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || text.AsSpan().ContainsAny(Bidirectional) || !IsWellFormed(text)
            ? new Refusal("text_unreadable", $"'{field}' holds control characters or broken Unicode", "send plain text")
            : null;
    }

    /// <summary>As <see cref="Check"/>, for what has to stand on one line.</summary>
    public static Refusal? CheckName(string field, string? name) => Check(field, name, NameLength) ?? (name!.AsSpan().ContainsAny('\n', '\r', '\t')
        ? new Refusal("text_unreadable", $"'{field}' goes over more than one line", "put it on one line")
        : null);

    /// <summary>As <see cref="Check"/>, where null means "not given" and is fine.</summary>
    public static Refusal? CheckOptional(string field, string? text, int maximum) => text is null ? null : Check(field, text, maximum);

    // A lone surrogate has no UTF-8 form, so it could not be sealed.
    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
