using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Notes;

/// <summary>A private key with the name it signs notes under. Thread-safe; does not own the key.</summary>
public sealed class NoteSigner
{
    private readonly SigningKey _key;

    /// <summary>Names a key.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds a space, a control character or <c>+</c>.</exception>
    public NoteSigner(string name, SigningKey key) => (_key, VerifierKey) = (key, new VerifierKey(name, key.PublicKey));

    /// <summary>What others check this signer's notes with.</summary>
    public VerifierKey VerifierKey { get; }

    /// <summary>Signs the UTF-8 of <paramref name="text"/>.</summary>
    /// <param name="text">The text of a note, with its final newline.</param>
    public NoteSignature Sign(string text) => new(VerifierKey.Name, VerifierKey.KeyId, _key.Sign(NoteText.ToBytes(text)));

    /// <summary>A note of <paramref name="text"/> with this signature alone.</summary>
    /// <exception cref="ArgumentException">The text does not end with a newline, or holds another control character.</exception>
    public Note SignNote(string text) => new(text, [Sign(text)]);
}
