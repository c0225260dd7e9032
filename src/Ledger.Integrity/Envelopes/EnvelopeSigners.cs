using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Envelopes;

/// <summary>Finds out which keys signed. A key that was found is not tried again, so that one key cannot fill a threshold.</summary>
internal static class EnvelopeSigners
{
    public static List<PublicKey> Find(byte[] signed, IReadOnlyList<EnvelopeSignature> signatures, IReadOnlyCollection<PublicKey> keys)
    {
        var found = new List<PublicKey>();
        foreach (var signature in signatures)
            if (Find(signed, signature, keys, found) is { } key) found.Add(key);
        return found;
    }

    private static PublicKey? Find(byte[] signed, EnvelopeSignature signature, IReadOnlyCollection<PublicKey> keys, List<PublicKey> found)
    {
        // The hint orders the work and decides nothing: without it, or with a wrong one, every other key is tried.
        foreach (var hinted in (ReadOnlySpan<bool>)[true, false])
        {
            if (hinted && signature.KeyId is null) continue;
            foreach (var key in keys)
            {
                if (hinted != (signature.KeyId == key.KeyId) || found.Contains(key)) continue;
                if (key.Verify(signed, signature.Signature.Span)) return key;
            }
        }

        return null;
    }
}
