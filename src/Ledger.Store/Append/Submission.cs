using Ledger.Domain;
using Ledger.Domain.Actors;

namespace Ledger.Store.Append;

/// <summary>A command on its way to the sequencer.</summary>
/// <param name="Actor">Who gives it, as authenticated.</param>
/// <param name="Command">What is asked.</param>
/// <param name="Key">Makes a repetition safe: the same key with the same request gets the first answer again.</param>
/// <param name="Evidence">The bytes that the command's event names by digest; stored in the same transaction.</param>
public sealed record Submission(Actor Actor, LedgerCommand Command, IdempotencyKey? Key = null, EvidenceBytes? Evidence = null);
