using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Notes;

/// <summary>A witness's key with its name (C2SP tlog-cosignature, version 1). Thread-safe; does not own the key.</summary>
public sealed class Cosigner
{
    private readonly SigningKey _key;

    /// <summary>Names a key. The message does not hold the name, so a key serves one cosigner alone, and never signs notes too.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds a space, a control character or <c>+</c>; or the key is not Ed25519.</exception>
    public Cosigner(string name, SigningKey key) => (_key, VerifierKey) = (key, VerifierKey.ForCosigner(name, key.PublicKey));

    /// <summary>What others check this cosigner's cosignatures with.</summary>
    public VerifierKey VerifierKey { get; }

    /// <summary>
    /// Says that the checkpoint is, as of that time, the largest consistent tree of its log that this cosigner has seen. Only
    /// <see cref="Witness.Decide"/> says whether that is so.
    /// </summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="unixSeconds">The time, in whole seconds since 1970; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive: a cosignature of a witness has one (C2SP tlog-witness).</exception>
    public NoteSignature Cosign(Checkpoint checkpoint, long unixSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unixSeconds, 1);
        var signature = _key.Sign(CosignedMessage.Encode(checkpoint.ToString(), unixSeconds));
        return new NoteSignature(VerifierKey.Name, VerifierKey.KeyId, CosignedMessage.Join(unixSeconds, signature));
    }
}
