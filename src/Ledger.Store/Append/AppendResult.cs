using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Store.Append;

/// <summary>What became of a submission.</summary>
public abstract record AppendResult
{
    private AppendResult() { }

    internal abstract bool IsAppended { get; }

    /// <summary>Its events are in the log, durable and sealed.</summary>
    /// <param name="Sequence">The first event's place in the log.</param>
    /// <param name="Count">How many events there are, in a row.</param>
    /// <param name="Receipt">The receipt of the last of them.</param>
    /// <param name="Replayed">True when an earlier submission with the same key appended them, and nothing was appended now.</param>
    public sealed record Appended(long Sequence, int Count, Receipt Receipt, bool Replayed) : AppendResult
    {
        internal override bool IsAppended => true;

        /// <summary>
        /// What the release came to with these events, so that an answer needs no reading back; null for other streams, and where an earlier
        /// submission appended them.
        /// </summary>
        public ReleaseState? Release { get; init; }

        /// <summary>What was appended, for the same reason; empty where an earlier submission appended it.</summary>
        public IReadOnlyList<LedgerEvent> Events { get; init; } = [];
    }

    /// <summary>Nothing was appended, and nothing will be.</summary>
    public sealed record Refused(Refusal Refusal) : AppendResult
    {
        internal override bool IsAppended => false;
    }

    /// <summary>The database could not be reached or did not answer.</summary>
    /// <param name="OutcomeUnknown">
    /// True when the append may or may not have happened: only a repetition with the same key can tell. False when nothing was appended.
    /// </param>
    public sealed record Unavailable(bool OutcomeUnknown) : AppendResult
    {
        internal override bool IsAppended => false;
    }

    /// <summary>Deciding failed by a bug, or because what is stored is not what its digest says. Nothing was appended.</summary>
    public sealed record Faulted(Exception Exception) : AppendResult
    {
        internal override bool IsAppended => false;
    }
}
