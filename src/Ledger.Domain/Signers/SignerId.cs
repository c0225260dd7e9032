using System.Text.RegularExpressions;

namespace Ledger.Domain.Signers;

/// <summary>The id of a signer: a person, e.g. <c>alice.johnson</c> or an address of theirs.</summary>
public static partial class SignerId
{
    private const string StreamPrefix = "signer/";

    /// <summary>Whether <paramref name="text"/> is one: lower-case letters, digits, <c>.</c>, <c>_</c>, <c>-</c>, <c>+</c> and <c>@</c>, 1 to 64 characters, first a letter or a digit.</summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text);

    /// <summary>The key of the stream of the signer called <paramref name="id"/>.</summary>
    public static string StreamOf(string id) => StreamPrefix + id;

    /// <summary>Reads a stream key; null when it is not a signer's.</summary>
    public static string? FromStreamKey(string key) =>
        key.StartsWith(StreamPrefix, StringComparison.Ordinal) && IsValid(key[StreamPrefix.Length..]) ? key[StreamPrefix.Length..] : null;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._+@-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
