using System.Diagnostics.CodeAnalysis;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Statements;

/// <summary>
/// An in-toto Statement v1: something (the predicate) that is said about artifacts (the subjects). As the payload of an envelope it has
/// the type <see cref="PayloadType"/>. Immutable and thread-safe.
/// </summary>
public sealed class Statement
{
    /// <summary>The type of a payload that is a statement.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The value of <c>_type</c>.</summary>
    public const string Type = "https://in-toto.io/Statement/v1";

    /// <summary>The largest statement that is read, in bytes.</summary>
    public const int MaxBytes = Envelopes.Envelope.MaxPayloadBytes;

    /// <summary>The most subjects.</summary>
    public const int MaxSubjects = 1024;

    /// <summary>The longest predicate type, in characters.</summary>
    public const int MaxPredicateTypeLength = 1024;

    /// <summary>Makes a statement.</summary>
    /// <param name="subjects">What it is about: 1 to <see cref="MaxSubjects"/>.</param>
    /// <param name="predicateType">A URI that says what the predicate means: not empty, at most <see cref="MaxPredicateTypeLength"/>.</param>
    /// <param name="predicate">A JSON object, in canonical form or not; empty for none.</param>
    /// <exception cref="ArgumentException">One of them is not as said, or the statement is larger than <see cref="MaxBytes"/>.</exception>
    /// <exception cref="FormatException"><see cref="CanonicalJson"/> refuses the predicate, or nests too deep within the statement.</exception>
    public Statement(IReadOnlyList<Subject> subjects, string predicateType, ReadOnlySpan<byte> predicate)
        : this(subjects, predicateType, predicate.IsEmpty ? null : CanonicalJson.Canonicalize(predicate))
    {
        if (ToBytes().Length > MaxBytes) throw new ArgumentException($"A statement has at most {MaxBytes} bytes.", nameof(predicate));
    }

    internal Statement(IReadOnlyList<Subject> subjects, string predicateType, byte[]? canonicalPredicate)
    {
        if (subjects.Count is 0 or > MaxSubjects) throw new ArgumentException($"A statement has 1 to {MaxSubjects} subjects.", nameof(subjects));
        if (!IsPredicateType(predicateType)) throw new ArgumentException("The predicate type is not a URI.", nameof(predicateType));
        if (canonicalPredicate is not (null or [(byte)'{', ..])) throw new ArgumentException("A predicate is a JSON object.", nameof(canonicalPredicate));
        (Subjects, PredicateType, Predicate) = ([.. subjects], predicateType, canonicalPredicate);
    }

    /// <summary>What the statement is about.</summary>
    public IReadOnlyList<Subject> Subjects { get; }

    /// <summary>What the predicate means.</summary>
    public string PredicateType { get; }

    /// <summary>What is said: canonical JSON (RFC 8785) of an object; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Predicate { get; }

    /// <summary>Whether a subject has this SHA-256 digest, whatever it is called.</summary>
    public bool IsAbout(Hash sha256) => Subjects.Any(subject => subject.Digests.Sha256 == sha256);

    /// <summary>The statement as canonical JSON: what is signed, and the same bytes for the same statement.</summary>
    public byte[] ToBytes() => StatementJson.Write(this);

    /// <summary>Reads a statement. Members that in-toto does not define are passed over, as it wants; duplicates are refused.</summary>
    /// <param name="utf8">The JSON; at most <see cref="MaxBytes"/>.</param>
    /// <param name="statement">The statement; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Statement? statement, [NotNullWhen(false)] out string? error)
    {
        statement = null;
        error = StatementJson.Read(utf8, ref statement);
        return error is null;
    }

    /// <summary>
    /// Reads a statement that is exactly what <see cref="ToBytes"/> writes: nothing was signed that is not in it. For statements whose format is
    /// ours, such as sign-offs.
    /// </summary>
    /// <inheritdoc cref="TryParse"/>
    public static bool TryParseExact(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Statement? statement, [NotNullWhen(false)] out string? error)
    {
        if (!TryParse(utf8, out statement, out error)) return false;
        if (utf8.SequenceEqual(statement.ToBytes())) return true;
        (statement, error) = (null, "the statement is not canonical JSON with the defined members alone");
        return false;
    }

    // RFC 3986 §2 has no other characters; that it names a scheme tells a URI from a word.
    internal static bool IsPredicateType(string text) => text.Length is > 0 and <= MaxPredicateTypeLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && text.Contains(':');
}
