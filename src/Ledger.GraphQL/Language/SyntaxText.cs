using System.Buffers;
using System.Text;

namespace Ledger.GraphQL.Language;

/// <summary>Classes of characters, and how messages show tokens and characters.</summary>
internal static class SyntaxText
{
    /// <summary><c>NameContinue</c> (§2.1.9).</summary>
    public static readonly SearchValues<byte> NameContinue =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    /// <summary><c>NameStart</c> (§2.1.9).</summary>
    public static bool IsNameStart(int c) => c is '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');

    public static bool IsDigit(int c) => c is >= '0' and <= '9';

    /// <summary>Whether the text is a <c>Name</c> (§2.1.9).</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && IsNameStart(text[0]) && text.AsSpan().IndexOfAnyExcept(NameCharacters) < 0;

    /// <summary>The kind of a token as messages call it.</summary>
    public static string Describe(TokenKind kind) => kind switch
    {
        TokenKind.EndOfFile or TokenKind.Failed => "<EOF>",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Ampersand => "\"&\"",
        TokenKind.ParenOpen => "\"(\"",
        TokenKind.ParenClose => "\")\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.Equals => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.BracketOpen => "\"[\"",
        TokenKind.BracketClose => "\"]\"",
        TokenKind.BraceOpen => "\"{\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.BraceClose => "\"}\"",
        _ => kind.ToString(),
    };

    /// <summary>The character at an offset: itself where it can be seen, its code point where not, <c>&lt;EOF&gt;</c> past the end.</summary>
    public static string DescribeCharacter(ReadOnlySpan<byte> text, int offset)
    {
        if (offset >= text.Length) return "<EOF>";
        Rune.DecodeFromUtf8(text[offset..], out var rune, out _);
        return rune.Value switch
        {
            '"' => "'\"'",
            >= 0x20 and <= 0x7E => $"\"{rune}\"",
            _ => $"U+{rune.Value:X4}",
        };
    }

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
}
