using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Ledger.Integrity.Canonical;

/// <summary>
/// The JSON Canonicalization Scheme, RFC 8785: one value, one text, so that a hash of the text is a hash of the value. Thread-safe.
/// </summary>
/// <remarks>
/// Refused, because two readers could understand them differently or the store could not hold them: duplicate property names, lone
/// surrogates, <c>\u0000</c> (PostgreSQL's jsonb has no such character), numbers beyond a double, integers that a double would round,
/// comments, trailing data, nesting deeper than <see cref="MaxDepth"/>, and bytes that are not UTF-8.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>The deepest nesting of objects and arrays that is accepted.</summary>
    public const int MaxDepth = 64;

    /// <summary>Writes the canonical form of one JSON text.</summary>
    /// <param name="utf8">The JSON text: UTF-8, no byte order mark.</param>
    /// <param name="output">Receives the canonical UTF-8; untouched when the answer is false.</param>
    /// <param name="error">What is wrong and, where it is one value, the path to it; null when the answer is true.</param>
    public static bool TryCanonicalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output, [NotNullWhen(false)] out string? error)
    {
        using var canonicalizer = Canonicalizer.Rent();
        if (!canonicalizer.TryRun(utf8, out error)) return false;
        output.Write(canonicalizer.Written);
        return true;
    }

    /// <summary>The canonical form of one JSON text, as a new array.</summary>
    /// <exception cref="FormatException">The text is refused; the message says why.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8)
    {
        using var canonicalizer = Canonicalizer.Rent();
        return canonicalizer.TryRun(utf8, out var error) ? canonicalizer.Written.ToArray() : throw new FormatException(error);
    }

    /// <summary>Whether <paramref name="utf8"/> is JSON in canonical form already, byte for byte.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8)
    {
        using var canonicalizer = Canonicalizer.Rent();
        return canonicalizer.TryRun(utf8, out _) && canonicalizer.Written.SequenceEqual(utf8);
    }
}
