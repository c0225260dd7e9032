namespace Ledger.Integrity.Notes;

/// <summary>What a key signs in a note, by its type byte (C2SP signed-note, "Signature types").</summary>
public enum NoteKeyType
{
    /// <summary>Ed25519 over the text.</summary>
    Ed25519 = 0x01,

    /// <summary>ECDSA on P-256 over the text.</summary>
    Ecdsa = 0x02,

    /// <summary>A cosigner's Ed25519 over a time and the text (C2SP tlog-cosignature): says that a log was seen to be append-only.</summary>
    Cosignature = 0x04,
}
