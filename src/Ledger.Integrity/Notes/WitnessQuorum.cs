namespace Ledger.Integrity.Notes;

/// <summary>How many of which witnesses must have cosigned a checkpoint (C2SP tlog-proof, "Verifying a tlog proof", step 3). Immutable and thread-safe.</summary>
public sealed class WitnessQuorum
{
    /// <summary>Wants <paramref name="required"/> of <paramref name="witnesses"/>.</summary>
    /// <param name="required">1 to the number of witnesses.</param>
    /// <param name="witnesses">Keys of type <see cref="NoteKeyType.Cosignature"/>, no two of them the same key: one witness under two names is one.</param>
    /// <exception cref="ArgumentException">One of them is not as said.</exception>
    public WitnessQuorum(int required, IReadOnlyCollection<VerifierKey> witnesses)
    {
        if (required < 1 || required > witnesses.Count) throw new ArgumentException($"Of {witnesses.Count} witnesses, {required} cannot be wanted.", nameof(required));
        if (witnesses.Any(key => key.Type != NoteKeyType.Cosignature)) throw new ArgumentException("A witness's key is of the cosignature type.", nameof(witnesses));
        if (witnesses.DistinctBy(key => key.PublicKey).Count() != witnesses.Count) throw new ArgumentException("One key counts as one witness.", nameof(witnesses));
        (Required, Witnesses) = (required, [.. witnesses]);
    }

    /// <summary>How many must have cosigned.</summary>
    public int Required { get; }

    /// <summary>Those who count.</summary>
    public IReadOnlyList<VerifierKey> Witnesses { get; }

    /// <summary>Whether enough of the witnesses are among the cosigners.</summary>
    /// <returns>Code: <c>witness_quorum_not_met</c>.</returns>
    public Verification Check(VerifiedCheckpoint checkpoint)
    {
        var present = Witnesses.Count(witness => checkpoint.Cosignatures.Any(cosignature => cosignature.Witness == witness));
        return present >= Required
            ? Verification.Valid
            : Verification.Invalid("witness_quorum_not_met", $"{Required} of {Witnesses.Count} witnesses must have cosigned the checkpoint; {present} did");
    }
}
