using Ledger.Integrity.Merkle;

namespace Ledger.Integrity.Notes;

/// <summary>Decides what a witness may cosign (C2SP tlog-witness, "add-checkpoint"). Pure and thread-safe.</summary>
public static class Witness
{
    /// <summary>
    /// Checks a request in the order of the specification: origin, signature, old size, and that the tree only grew. The caller makes the
    /// step from <paramref name="latest"/> to the new tree atomic, or two requests at once could roll the log back.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="logKeys">The keys trusted for <see cref="AddCheckpointRequest.UnverifiedOrigin"/>; empty when the log is unknown.</param>
    /// <param name="latest">The tree of that log that was cosigned last; <see cref="WitnessedTree.None"/> when none was.</param>
    public static WitnessDecision Decide(AddCheckpointRequest request, IReadOnlyCollection<VerifierKey> logKeys, in WitnessedTree latest)
    {
        if (logKeys.Any(key => key.Type == NoteKeyType.Cosignature)) throw new ArgumentException("A log's key is not that of a cosigner.", nameof(logKeys));
        if (!Checkpoint.TryParse(request.Checkpoint.Text, out var checkpoint, out var error)) return Refuse(400, "checkpoint_malformed", error);
        if (logKeys.Count == 0) return Refuse(404, "log_unknown", $"{checkpoint.Origin} is not a log that this witness knows");
        var signed = NoteVerifier.VerifyAll(request.Checkpoint, logKeys, out var signatures);
        if (!signed.IsValid) return new WitnessDecision.Refuse(403, signed);

        var (oldSize, newSize) = (request.OldSize, checkpoint.Size);
        if (oldSize > newSize) return Refuse(400, "old_size_too_large", $"the old size, {oldSize}, is larger than the checkpoint's, {newSize}");
        if (oldSize != latest.Size) return new WitnessDecision.Conflict(latest.Size);
        if (newSize == 0 && checkpoint.Root != MerkleHash.Empty) return Refuse(422, "empty_tree_root_wrong", "the root is not that of the empty tree");

        var consistent = ConsistencyProof.Verify(oldSize, newSize, latest.Root, checkpoint.Root, [.. request.Proof]);
        if (!consistent.IsValid) return new WitnessDecision.Refuse(422, consistent);
        return new WitnessDecision.Cosign(checkpoint, new Note(request.Checkpoint.Text, Trusted(request.Checkpoint, signatures)));
    }

    private static List<NoteSignature> Trusted(Note note, List<VerifiedSignature> verified) =>
        [.. verified.Select(each => note.Signatures.First(signature => signature.KeyId == each.Key.KeyId && signature.Name == each.Key.Name))];

    private static WitnessDecision.Refuse Refuse(int status, string code, string reason) => new(status, Verification.Invalid(code, reason));
}
