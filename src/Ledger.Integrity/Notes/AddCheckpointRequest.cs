using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ledger.Integrity.Notes;

/// <summary>
/// The body of a request to a witness (C2SP tlog-witness, "add-checkpoint"): a new checkpoint, with the proof that it is consistent with the
/// last one the witness saw. Immutable and thread-safe.
/// </summary>
public sealed class AddCheckpointRequest
{
    /// <summary>The most hashes: the specification's limit.</summary>
    public const int MaxHashes = 63;

    /// <summary>The largest body that is read, in bytes: room for a checkpoint with 64 post-quantum cosignatures.</summary>
    public const int MaxBytes = 262_144;

    private const string OldMark = "old ";

    /// <summary>Puts together a request.</summary>
    /// <param name="oldSize">The size of the checkpoint that the witness saw last; 0 for none, or to ask for it.</param>
    /// <param name="proof">The consistency proof from that size; at most <see cref="MaxHashes"/>.</param>
    /// <param name="checkpoint">The signed checkpoint, kept as it is.</param>
    /// <exception cref="ArgumentException">One of them is not as said.</exception>
    public AddCheckpointRequest(long oldSize, IReadOnlyList<Hash> proof, Note checkpoint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        if (proof.Count > MaxHashes) throw new ArgumentException($"A consistency proof has at most {MaxHashes} hashes.", nameof(proof));
        (OldSize, Proof, Checkpoint) = (oldSize, [.. proof], checkpoint);
    }

    /// <summary>The size of the tree that the proof starts from.</summary>
    public long OldSize { get; }

    /// <summary>The consistency proof.</summary>
    public IReadOnlyList<Hash> Proof { get; }

    /// <summary>The signed checkpoint; not to be believed before <see cref="Witness.Decide"/>.</summary>
    public Note Checkpoint { get; }

    /// <summary>Whose log the checkpoint claims to be of: what the witness looks up its keys and its last state by.</summary>
    public string UnverifiedOrigin => Checkpoint.Text[..Checkpoint.Text.IndexOf('\n', StringComparison.Ordinal)];

    /// <summary>The whole body.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(OldMark).Append(CultureInfo.InvariantCulture, $"{OldSize}").Append('\n');
        foreach (var hash in Proof) text.Append(hash.ToBase64()).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>The whole body as UTF-8.</summary>
    public byte[] ToBytes() => NoteText.ToBytes(ToString());

    /// <summary>Reads a body; what is refused is answered with status 400. Any body that is accepted is what <see cref="ToBytes"/> writes again.</summary>
    /// <param name="utf8">The body; at most <see cref="MaxBytes"/>.</param>
    /// <param name="request">The request; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out AddCheckpointRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        error = Parse(utf8, ref request);
        return error is null;
    }

    private static string? Parse(ReadOnlySpan<byte> utf8, ref AddCheckpointRequest? request)
    {
        if (utf8.Length > MaxBytes) return $"the body is larger than {MaxBytes} bytes";
        var end = utf8.IndexOf("\n\n"u8);
        if (end < 0) return "the body has no empty line before the checkpoint";
        if (!Note.TryParse(utf8[(end + 2)..], out var checkpoint, out var error)) return error;

        var head = Encoding.Latin1.GetString(utf8[..(end + 1)]).AsSpan();
        var old = ProofLines.Take(ref head);
        if (!old.StartsWith(OldMark) || !StrictDecimal.TryParse(old[OldMark.Length..], out var oldSize))
            return "the first line is not 'old' with a decimal number without leading zeroes";
        if (ProofLines.Read(head, MaxHashes) is not { } proof) return $"the consistency proof is not at most {MaxHashes} lines of base64 of 32 bytes";
        request = new AddCheckpointRequest(oldSize, proof, checkpoint);
        return null;
    }
}
