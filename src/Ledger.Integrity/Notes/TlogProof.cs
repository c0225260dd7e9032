using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

using Ledger.Integrity.Merkle;

namespace Ledger.Integrity.Notes;

/// <summary>
/// An inclusion proof with its signed checkpoint, in one text that verifies offline (C2SP tlog-proof@v1; file extension
/// <c>.tlog-proof</c>). Immutable and thread-safe.
/// </summary>
public sealed class TlogProof
{
    /// <summary>The most hashes that are read: the height of the largest tree.</summary>
    public const int MaxHashes = 63;

    /// <summary>The most extra data that is read, in bytes.</summary>
    public const int MaxExtraBytes = 65_536;

    private const string Header = "c2sp.org/tlog-proof@v1\n";
    private const string ExtraMark = "extra ";
    private const string IndexMark = "index ";

    /// <summary>Puts together a proof.</summary>
    /// <param name="leafIndex">The leaf's place, from 0.</param>
    /// <param name="hashes">The inclusion proof in the checkpoint's tree, the leaf's sibling first; at most <see cref="MaxHashes"/>.</param>
    /// <param name="checkpoint">The signed checkpoint, kept as it is.</param>
    /// <param name="extra">Opaque data that nothing authenticates; null for none, at most <see cref="MaxExtraBytes"/>.</param>
    /// <exception cref="ArgumentException">One of them is not as said.</exception>
    public TlogProof(long leafIndex, IReadOnlyList<Hash> hashes, Note checkpoint, ReadOnlyMemory<byte>? extra = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leafIndex);
        if (hashes.Count > MaxHashes) throw new ArgumentException($"An inclusion proof has at most {MaxHashes} hashes.", nameof(hashes));
        if (extra?.Length > MaxExtraBytes) throw new ArgumentException($"Extra data has at most {MaxExtraBytes} bytes.", nameof(extra));
        (LeafIndex, Hashes, Checkpoint, Extra) = (leafIndex, [.. hashes], checkpoint, extra);
    }

    /// <summary>The leaf's place in the log, from 0.</summary>
    public long LeafIndex { get; }

    /// <summary>The inclusion proof, the leaf's sibling first.</summary>
    public IReadOnlyList<Hash> Hashes { get; }

    /// <summary>The signed checkpoint; not to be believed before it is verified.</summary>
    public Note Checkpoint { get; }

    /// <summary>Opaque data; never to be believed. Null when there is no such line.</summary>
    public ReadOnlyMemory<byte>? Extra { get; }

    /// <summary>The whole text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header);
        if (Extra is { } extra) text.Append(ExtraMark).Append(Convert.ToBase64String(extra.Span)).Append('\n');
        text.Append(IndexMark).Append(CultureInfo.InvariantCulture, $"{LeafIndex}").Append('\n');
        foreach (var hash in Hashes) text.Append(hash.ToBase64()).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>The whole text as UTF-8.</summary>
    public byte[] ToBytes() => NoteText.ToBytes(ToString());

    /// <summary>Checks that the log's key signed the checkpoint and that the leaf is in its tree.</summary>
    /// <param name="leafHash">As <see cref="MerkleHash.Leaf"/> makes it of what is proved to be logged.</param>
    /// <param name="origin">The log that is expected.</param>
    /// <param name="logKey">The log's key.</param>
    /// <returns>The codes of <see cref="Notes.Checkpoint.Verify(ReadOnlySpan{byte}, string, VerifierKey, out Notes.Checkpoint?)"/> and <see cref="InclusionProof.Verify"/>.</returns>
    public Verification Verify(in Hash leafHash, string origin, VerifierKey logKey) => Verify(leafHash, origin, logKey, quorum: null, out _);

    /// <summary>Checks that the log's key signed the checkpoint, that enough witnesses cosigned it, and that the leaf is in its tree.</summary>
    /// <param name="leafHash">As <see cref="MerkleHash.Leaf"/> makes it of what is proved to be logged.</param>
    /// <param name="origin">The log that is expected.</param>
    /// <param name="logKey">The log's key.</param>
    /// <param name="quorum">The witnesses that are wanted; null for none. Cosignatures of others are passed over.</param>
    /// <param name="verified">The checkpoint, and who cosigned it; null unless valid.</param>
    /// <returns>The codes of <see cref="Notes.Checkpoint.Verify(ReadOnlySpan{byte}, string, VerifierKey, out Notes.Checkpoint?)"/>,
    /// <see cref="WitnessQuorum.Check"/> and <see cref="InclusionProof.Verify"/>.</returns>
    public Verification Verify(in Hash leafHash, string origin, VerifierKey logKey, WitnessQuorum? quorum, out VerifiedCheckpoint? verified)
    {
        var verification = Notes.Checkpoint.Verify(Checkpoint, origin, logKey, quorum?.Witnesses ?? [], out verified);
        if (verification.IsValid && quorum is not null) verification = quorum.Check(verified!);
        if (verification.IsValid)
            verification = InclusionProof.Verify(LeafIndex, verified!.Checkpoint.Size, leafHash, Hashes.ToArray(), verified.Checkpoint.Root);
        if (!verification.IsValid) verified = null;
        return verification;
    }

    /// <summary>Reads a proof. Any text that is accepted is what <see cref="ToBytes"/> writes again, byte for byte.</summary>
    /// <param name="utf8">The whole text.</param>
    /// <param name="proof">The proof; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out TlogProof? proof, [NotNullWhen(false)] out string? error)
    {
        proof = null;
        error = Parse(utf8, ref proof);
        return error is null;
    }

    private static string? Parse(ReadOnlySpan<byte> utf8, ref TlogProof? proof)
    {
        // Everything above the first empty line is ours; everything below is the checkpoint's.
        var end = utf8.IndexOf("\n\n"u8);
        if (end < 0) return "the proof has no empty line before the checkpoint";
        if (!Note.TryParse(utf8[(end + 2)..], out var checkpoint, out var error)) return error;

        var head = Encoding.Latin1.GetString(utf8[..(end + 1)]).AsSpan();
        if (!head.StartsWith(Header)) return $"the first line is not {Header.TrimEnd()}";
        head = head[Header.Length..];

        byte[]? extra = null;
        if (head.StartsWith(ExtraMark) && (!StrictBase64.TryDecode(ProofLines.Take(ref head)[ExtraMark.Length..], out extra) || extra.Length > MaxExtraBytes))
            return $"the extra data is not the base64 of at most {MaxExtraBytes} bytes";

        var index = ProofLines.Take(ref head);
        if (!index.StartsWith(IndexMark) || !StrictDecimal.TryParse(index[IndexMark.Length..], out var leafIndex))
            return "there is no line 'index' with a decimal number without leading zeroes";

        if (ProofLines.Read(head, MaxHashes) is not { } hashes) return $"the inclusion proof is not at most {MaxHashes} lines of base64 of 32 bytes";
        proof = new TlogProof(leafIndex, hashes, checkpoint, extra is null ? (ReadOnlyMemory<byte>?)null : extra);
        return null;
    }
}
