using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Statements;

namespace Ledger.Verifier.Chains;

/// <summary>
/// What a signer signs: an in-toto Statement v1 in canonical JSON, whose subjects are the release's artifacts and whose predicate is a
/// <see cref="SignOffPredicate"/>. Pure and thread-safe.
/// </summary>
public sealed record SignOffStatement
{
    private SignOffStatement(SignOffPredicate predicate, IReadOnlyList<Digest> subjects, Digest digest) =>
        (Predicate, Subjects, Digest) = (predicate, subjects, digest);

    /// <summary>What is said.</summary>
    public SignOffPredicate Predicate { get; }

    /// <summary>The SHA-256 digests of what it is said about.</summary>
    public IReadOnlyList<Digest> Subjects { get; }

    /// <summary>SHA-256 of the statement's bytes: the next sign-off's <c>previous</c>.</summary>
    public Digest Digest { get; }

    /// <summary>The bytes to be signed as the payload of an envelope of type <see cref="Statement.PayloadType"/>.</summary>
    /// <exception cref="ArgumentException">There are no artifacts or too many, or the statement would be too large.</exception>
    /// <exception cref="FormatException">A text holds what JSON cannot.</exception>
    public static byte[] Build(SignOffPredicate predicate, IReadOnlyList<Artifact> artifacts) => new Statement(
        [.. artifacts.Select(artifact => new Subject(artifact.Name, Digests.Of(new Hash(Convert.FromHexString(artifact.Digest.Hex)))))],
        SignOffPredicate.Type,
        JsonSerializer.SerializeToUtf8Bytes(predicate, DomainJson.Default.SignOffPredicate)).ToBytes();

    /// <summary>Reads a statement strictly: nothing may be in it that the format does not define.</summary>
    /// <param name="payload">The bytes that were signed, or are said to have been.</param>
    /// <param name="statement">The statement; null when refused.</param>
    /// <returns>Null when it is one; else <c>statement_malformed</c>, <c>statement_type_differs</c> or <c>statement_predicate_malformed</c>.</returns>
    public static Refusal? Read(ReadOnlySpan<byte> payload, out SignOffStatement? statement)
    {
        statement = null;
        const string Hint = "prepare the statement with 'ledger sign'";
        if (!Statement.TryParseExact(payload, out var read, out var error)) return new Refusal("statement_malformed", error, Hint);
        if (read.PredicateType != SignOffPredicate.Type)
            return new Refusal("statement_type_differs", $"the statement is no sign-off: its predicate is of another type than {SignOffPredicate.Type}", Hint);

        var subjects = new List<Digest>();
        foreach (var subject in read.Subjects)
        {
            if (subject.Digests is not { Sha256: { } sha256, ByAlgorithm.Count: 1 })
                return new Refusal("statement_malformed", "a subject has not SHA-256 as its only digest", Hint);
            subjects.Add(Digest.Of(sha256.Bytes));
        }

        try
        {
            var predicate = SignOffPredicate.Read(read.Predicate.Span);
            statement = new SignOffStatement(predicate, subjects, Digest.Of(Hash.Sha256(payload).Bytes));

            // A digest in capitals or a time in another zone would be read all the same: what is signed has one form.
            var again = Integrity.Canonical.CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(predicate, DomainJson.Default.SignOffPredicate));
            if (read.Predicate.Span.SequenceEqual(again)) return null;
        }
        catch (JsonException)
        {
            // Malformed, as below.
        }

        statement = null;
        return new Refusal("statement_predicate_malformed", "the predicate is not exactly a sign-off's", Hint);
    }
}
