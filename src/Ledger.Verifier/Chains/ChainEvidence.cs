using Ledger.Verifier.Events;

namespace Ledger.Verifier.Chains;

/// <summary>Everything that a sign-off chain is verified from: events as the log commits to them, and nothing that was derived from them.</summary>
/// <param name="Ledger">The ledger's origin.</param>
/// <param name="Release">The events of the release's stream, all from version 1 to where it is asked about, in order.</param>
/// <param name="Policy">The <c>policy_published</c> event of the version that the release pinned.</param>
/// <param name="Signers">The events of the streams of every signer that a sign-off names, each stream from version 1 in order.</param>
/// <param name="Inclusion">Whether an event was found to be in the log. What it says of an event is asked once for each link that rests on it.</param>
public sealed record ChainEvidence(
    string Ledger,
    IReadOnlyList<LoggedEvent> Release,
    LoggedEvent Policy,
    IReadOnlyList<LoggedEvent> Signers,
    Func<LoggedEvent, CheckOutcome> Inclusion);
