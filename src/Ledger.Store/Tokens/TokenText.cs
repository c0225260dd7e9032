using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Ledger.Integrity;

namespace Ledger.Store.Tokens;

/// <summary>The text of a bearer token: <c>ldg_</c> and 32 random bytes in base64url (RFC 4648 §5), 43 characters without padding.</summary>
public static class TokenText
{
    private const string Prefix = "ldg_";
    private const int RandomBytes = 32;
    private const int Length = 47;

    /// <summary>A new one, from the system's random number generator.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>The SHA-256 under which a token is stored.</summary>
    /// <param name="text">What a caller presents.</param>
    /// <param name="hash">Undefined when the answer is false.</param>
    /// <returns>False when it is not the text of a token at all.</returns>
    public static bool TryHash([NotNullWhen(true)] string? text, out Hash hash)
    {
        hash = default;
        if (text is not { Length: Length } || !text.StartsWith(Prefix, StringComparison.Ordinal) || !text.AsSpan(Prefix.Length).ContainsOnlyBase64Url()) return false;
        hash = Hash.Sha256(Encoding.ASCII.GetBytes(text));
        return true;
    }

    private static bool ContainsOnlyBase64Url(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return false;
        return true;
    }
}
