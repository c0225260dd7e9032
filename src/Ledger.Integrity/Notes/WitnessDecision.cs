namespace Ledger.Integrity.Notes;

/// <summary>What a witness does about a request, with the status code that C2SP tlog-witness gives it. Immutable and thread-safe.</summary>
public abstract record WitnessDecision
{
    private WitnessDecision()
    {
    }

    /// <summary>The HTTP status of the answer.</summary>
    public int Status => HttpStatus;

    internal abstract int HttpStatus { get; }

    /// <summary>
    /// Cosign: after <see cref="Tree"/> is durable as the latest one of its log, and only if it replaced the very tree that was decided upon.
    /// </summary>
    /// <param name="Checkpoint">What to cosign.</param>
    /// <param name="SignedByLog">The checkpoint with those signatures that were checked, for monitors.</param>
    public sealed record Cosign(Checkpoint Checkpoint, Note SignedByLog) : WitnessDecision
    {
        /// <summary>What the witness then remembers.</summary>
        public WitnessedTree Tree => new(Checkpoint.Size, Checkpoint.Root);

        internal override int HttpStatus => 200;
    }

    /// <summary>The witness saw another size last: it answers with that.</summary>
    /// <param name="Size">The size of the latest tree it cosigned; the body of the answer.</param>
    public sealed record Conflict(long Size) : WitnessDecision
    {
        internal override int HttpStatus => 409;
    }

    /// <summary>No cosignature, and nothing is remembered.</summary>
    public sealed record Refuse : WitnessDecision
    {
        internal Refuse(int status, Verification reason) => (HttpStatus, Reason) = (status, reason);

        /// <summary>
        /// Why. Codes: <c>checkpoint_malformed</c>, <c>old_size_too_large</c> (400); those of <see cref="NoteVerifier"/> (403);
        /// <c>log_unknown</c> (404); <c>empty_tree_root_wrong</c> and those of <see cref="Merkle.ConsistencyProof"/> (422).
        /// </summary>
        public Verification Reason { get; }

        internal override int HttpStatus { get; }
    }
}
