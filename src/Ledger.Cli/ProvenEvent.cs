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

    private ProvenEvent(byte[] leaf, JsonElement content, Hash leafHash, TlogProof proof, Checkpoint checkpoint, VerifierKey logKey) =>
        (_leaf, Content, LeafHash, _proof, Checkpoint, LogKey) = (leaf, content, leafHash, proof, checkpoint, logKey);

    /// <summary>The event, as its leaf has it.</summary>
    public JsonElement Content { get; }

    public Hash LeafHash { get; }

    public long LeafIndex => _proof.LeafIndex;

    public long Sequence => LeafIndex + 1;

    /// <summary>The tree the event is in.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The key that signed <see cref="Checkpoint"/>.</summary>
    public VerifierKey LogKey { get; }

    /// <summary>Checks that the leaf's bytes have the leaf hash, that the tree has them at the place asked for, and that the log signed the tree.</summary>
    public static Result<ProvenEvent> Verify(long sequence, LoggedEvent logged, InclusionAnswer inclusion, VerifierKey logKey)
    {
        var leaf = Encoding.UTF8.GetBytes(logged.Leaf);
        var leafHash = MerkleHash.Leaf(leaf);
        if (leafHash.ToString() != logged.LeafHash) return Unproven("the leaf has another hash than the server says");
        if (Server.Answers.Parse(leaf) is not { ValueKind: JsonValueKind.Object } content) return Unproven("the leaf is not an event");
        if (!TlogProof.TryParse(Encoding.UTF8.GetBytes(inclusion.Proof), out var proof, out var error)) return Unproven($"the proof cannot be read: {error}");
        if (proof.LeafIndex != sequence - 1) return Unproven("the proof is of another event");

        // The origin is the name of the log's key (C2SP tlog-checkpoint): a note signed by this key for another log is none of ours.
        var signed = Checkpoint.Verify(proof.Checkpoint.ToBytes(), logKey.Name, logKey, out var checkpoint);
        if (!signed.IsValid) return Unproven(signed.Reason);
        var included = proof.Verify(leafHash, logKey.Name, logKey);
        return included.IsValid ? new ProvenEvent(leaf, content, leafHash, proof, checkpoint!, logKey) : Unproven(included.Reason);
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
        writer.WriteString("leaf", _leaf);
        writer.WriteString("proof", _proof.ToString());
        writer.WriteEndObject();
    }

    private static Failure Unproven(string reason) =>
        Failure.Unknown("proof_invalid", $"the proof does not verify: {reason}", "do not trust this log before it is audited: 'ledger audit'");
}
