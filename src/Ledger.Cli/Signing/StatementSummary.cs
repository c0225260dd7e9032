using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Verifier.Chains;

namespace Ledger.Cli.Signing;

/// <summary>What a statement says of itself: enough to know where it goes.</summary>
internal sealed record StatementSummary(ReleaseId Release, string Stage, string Signer, Digest Digest, SignOffPredicate Predicate)
{
    /// <summary>Reads a statement's bytes strictly.</summary>
    public static Result<StatementSummary> Read(ReadOnlySpan<byte> payload)
    {
        if (SignOffStatement.Read(payload, out var statement) is { } refusal) return Failure.Refused(refusal.Code, refusal.Message, refusal.Hint);
        var predicate = statement!.Predicate;
        return ReleaseId.TryParse(predicate.Release) is { } release
            ? new StatementSummary(release, predicate.Stage, predicate.Signer.Id, statement.Digest, predicate)
            : Failure.Refused("statement_predicate_malformed", "the statement is about no release");
    }
}
