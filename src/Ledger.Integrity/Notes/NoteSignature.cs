using System.Buffers.Binary;

namespace Ledger.Integrity.Notes;

/// <summary>One signature line of a note: whose key it claims to be, and the bytes. Says nothing of whether they verify.</summary>
public sealed class NoteSignature
{
    internal const string LinePrefix = "— "; // U+2014, U+0020

    private const int KeyIdLength = sizeof(uint);

    /// <summary>Names a signature made elsewhere.</summary>
    /// <param name="name">The key's name.</param>
    /// <param name="keyId">The key's ID.</param>
    /// <param name="signature">The signature, without the key ID; at least one byte.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a space, a control character or <c>+</c>; or the signature is empty.</exception>
    public NoteSignature(string name, uint keyId, ReadOnlyMemory<byte> signature)
    {
        if (!KeyName.IsValid(name)) throw new ArgumentException("A key's name is not empty and holds no space, control character or '+'.", nameof(name));
        if (signature.IsEmpty) throw new ArgumentException("A signature is not empty.", nameof(signature));
        (Name, KeyId, Signature) = (name, keyId, signature);
    }

    /// <summary>The name of the key.</summary>
    public string Name { get; }

    /// <summary>The ID of the key: with the name, it picks a key out of those known.</summary>
    public uint KeyId { get; }

    /// <summary>The signature itself, without the key ID.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>The signature line, without a newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[KeyIdLength + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(KeyIdLength));
        return $"{LinePrefix}{Name} {Convert.ToBase64String(bytes)}";
    }

    internal static NoteSignature? Parse(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith(LinePrefix)) return null;
        line = line[LinePrefix.Length..];
        var space = line.IndexOf(' ');
        if (space < 0) return null;
        var name = line[..space].ToString();
        if (!KeyName.IsValid(name) || !StrictBase64.TryDecode(line[(space + 1)..], out var bytes) || bytes.Length <= KeyIdLength) return null;
        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(KeyIdLength));
    }
}
