using System.Text;
using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;

namespace Ledger.Cli;

/// <summary>An event that was proved to be in the log. Everything in it is covered by the proof; nothing is the server's word alone.</summary>
internal sealed class ProvenEvent
{
    private readonly byte[] _leaf;
    private readonly TlogProof _proof;

    private ProvenEvent(byte[] leaf, JsonElement content, Hash leafHash, TlogProof proof, VerifiedCheckpoint checkpoint, VerifierKey logKey) =>
        (_leaf, Content, LeafHash, _proof, Checkpoint, Cosignatures, LogKey) = (leaf, content, leafHash, proof, checkpoint.Checkpoint, checkpoint.Cosignatures, logKey);

    /// <summary>The event, as its leaf has it.</summary>
    public JsonElement Content { get; }

    public Hash LeafHash { get; }

    public long LeafIndex => _proof.LeafIndex;

    public long Sequence => LeafIndex + 1;

    /// <summary>The tree the event is in.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Which of the witnesses that were asked for saw that tree, and when.</summary>
    public IReadOnlyList<Cosignature> Cosignatures { get; }

    /// <summary>The key that signed <see cref="Checkpoint"/>.</summary>
    public VerifierKey LogKey { get; }

    /// <summary>Checks that the leaf's bytes have the leaf hash, that the tree has them at the place asked for, and that the log signed the tree.</summary>
    public static Result<ProvenEvent> Verify(long sequence, LoggedEvent logged, InclusionAnswer inclusion, VerifierKey logKey)
    {
        var leaf = Encoding.UTF8.GetBytes(logged.Leaf);
        if (MerkleHash.Leaf(leaf).ToString() != logged.LeafHash) return Distrusted("the leaf has another hash than the server says");
        if (!TlogProof.TryParse(Encoding.UTF8.GetBytes(inclusion.Proof), out var proof, out var error)) return Distrusted($"the proof cannot be read: {error}");
        if (proof.LeafIndex != sequence - 1) return Distrusted("the proof is of another event");
        return Prove(leaf, proof, logKey, quorum: null, out var proven) is { } reason ? Distrusted(reason) : proven!;
    }

    /// <summary>Checks a proof that holds its event, as <see cref="ToFile"/> wrote it; and that enough witnesses cosigned.</summary>
    public static Result<ProvenEvent> Verify(TlogProof proof, VerifierKey logKey, WitnessQuorum? quorum)
    {
        if (proof.Extra is not { } leaf) return Failure.Refused("receipt_without_event", "the receipt does not hold the event that it is for", "have the tool write it: ledger proof SEQ --out FILE");
        return Prove(leaf.ToArray(), proof, logKey, quorum, out var proven) is { } reason ? Failure.Refused("receipt_invalid", $"the receipt proves nothing: {reason}") : proven!;
    }

    /// <summary>The proof with the leaf as its extra data (C2SP tlog-proof): one file that verifies without a server.</summary>
    public byte[] ToFile() => new TlogProof(_proof.LeafIndex, _proof.Hashes, _proof.Checkpoint, _leaf).ToBytes();

    public void WriteJson(Utf8JsonWriter writer, bool keyPinned)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("verified", true);
        writer.WriteNumber("sequence", Sequence);
        writer.WriteNumber("leafIndex", LeafIndex);
        writer.WriteString("leafHash", LeafHash.ToString());
        writer.WriteNumber("treeSize", Checkpoint.Size);
        writer.WriteString("root", Checkpoint.Root.ToString());
        writer.WriteString("origin", Checkpoint.Origin);
        writer.WriteString("logKey", LogKey.ToString());
        writer.WriteBoolean("logKeyPinned", keyPinned);
        if (Cosignatures.Count > 0)
        {
            writer.WriteStartArray("cosignatures");
            foreach (var cosignature in Cosignatures)
            {
                writer.WriteStartObject();
                writer.WriteString("witness", cosignature.Witness.ToString());
                writer.WriteNumber("unixSeconds", cosignature.UnixSeconds);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteString("leaf", _leaf);
        writer.WriteString("proof", _proof.ToString());
        writer.WriteEndObject();
    }

    // Why it is not proved; null when it is.
    private static string? Prove(byte[] leaf, TlogProof proof, VerifierKey logKey, WitnessQuorum? quorum, out ProvenEvent? proven)
    {
        proven = null;
        if (Server.Answers.Parse(leaf) is not { ValueKind: JsonValueKind.Object } content) return "the leaf is not an event";

        // The origin is the name of the log's key (C2SP tlog-checkpoint): a note signed by this key for another log is none of ours.
        var leafHash = MerkleHash.Leaf(leaf);
        var included = proof.Verify(leafHash, logKey.Name, logKey, quorum, out var checkpoint);
        if (included.IsValid) proven = new ProvenEvent(leaf, content, leafHash, proof, checkpoint!, logKey);
        return included.Reason;
    }

    private static Failure Distrusted(string reason) =>
        Failure.Unknown("proof_invalid", $"the proof does not verify: {reason}", "do not trust this log before it is audited: 'ledger audit'");
}
