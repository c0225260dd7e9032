namespace Ledger.Domain.SignOffs;

/// <summary>A signed statement as it came in, taken apart. That its signature is right was found before it became this.</summary>
/// <param name="Predicate">What was signed.</param>
/// <param name="Subjects">The digests of the statement's subjects.</param>
/// <param name="Digest">SHA-256 of the statement's bytes.</param>
/// <param name="Key">The key whose signature over it was found to be right.</param>
/// <param name="Envelope">The envelope (DSSE) with the statement's very bytes.</param>
public sealed record SignedStatement(SignOffPredicate Predicate, IReadOnlyList<Digest> Subjects, Digest Digest, Digest Key, SignOffEnvelope Envelope);
