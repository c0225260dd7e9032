using System.Text;

using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Keys;
using Ledger.Integrity.Tests.Merkle;

namespace Ledger.Integrity.Tests.Notes;

public class TlogProofTests
{
    private const string Origin = "ledger.example/log";
    private const int Size = 13;
    private const int Index = 6;

    private static readonly byte[][] Leaves = NaiveTree.Leaves(Size);
    private static readonly Hash Leaf = MerkleHash.Leaf(Leaves[Index]);

    private readonly NoteSigner _signer = new(Origin, TestKeys.Ed25519);

    private Note SignedCheckpoint => new Checkpoint(Origin, Size, NaiveTree.Root(Leaves)).Sign(_signer);

    private TlogProof Proof => new(Index, NaiveTree.Path(Index, Leaves), SignedCheckpoint);

    [Fact]
    public void A_proof_is_one_text_that_verifies_by_itself()
    {
        Golden.ShouldMatch(Proof.ToString(), "TlogProof.txt");
        TlogProof.TryParse(Proof.ToBytes(), out var parsed, out _).ShouldBeTrue();
        parsed.Verify(Leaf, Origin, _signer.VerifierKey).ShouldBe(Verification.Valid);
        parsed.Extra.ShouldBeNull();
    }

    [Fact]
    public void Extra_data_is_carried_and_proves_nothing()
    {
        var proof = new TlogProof(Index, NaiveTree.Path(Index, Leaves), SignedCheckpoint, "extra"u8.ToArray());
        proof.ToString().ShouldStartWith("c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 6\n");
        TlogProof.TryParse(proof.ToBytes(), out var parsed, out _).ShouldBeTrue();
        parsed.Extra!.Value.ToArray().ShouldBe("extra"u8.ToArray());
        parsed.ToBytes().ShouldBe(proof.ToBytes());
    }

    [Fact]
    public void The_only_leaf_of_a_log_has_a_proof_without_hashes()
    {
        var proof = new TlogProof(0, [], new Checkpoint(Origin, 1, Leaf).Sign(_signer));
        TlogProof.TryParse(proof.ToBytes(), out var parsed, out _).ShouldBeTrue();
        parsed.Verify(Leaf, Origin, _signer.VerifierKey).ShouldBe(Verification.Valid);
    }

    [Fact]
    public void A_proof_of_something_else_fails_and_says_why()
    {
        Proof.Verify(MerkleHash.Leaf("other"u8), Origin, _signer.VerifierKey).Code.ShouldBe("proof_root_differs");
        Proof.Verify(Leaf, "other.example/log", _signer.VerifierKey).Code.ShouldBe("checkpoint_origin_differs");
        Proof.Verify(Leaf, Origin, new VerifierKey(Origin, TestKeys.OtherEd25519.PublicKey)).Code.ShouldBe("note_signer_unknown");
        new TlogProof(Size, Proof.Hashes, SignedCheckpoint).Verify(Leaf, Origin, _signer.VerifierKey).Code.ShouldBe("leaf_index_out_of_range");
        new TlogProof(Index, [], SignedCheckpoint).Verify(Leaf, Origin, _signer.VerifierKey).Code.ShouldBe("proof_length_wrong");
    }

    [Fact]
    public void What_is_not_exactly_a_proof_is_refused()
    {
        var good = Proof.ToString();
        var hash = Proof.Hashes[0].ToBase64();
        Parse(good).ShouldBeTrue();
        string[] bad =
        [
            "", good.Replace("@v1", "@v2", StringComparison.Ordinal), good[1..], $"\n{good}", good.Replace("index 6", "index 06", StringComparison.Ordinal),
            good.Replace("index 6", "index 6\0", StringComparison.Ordinal), good.Replace("index 6", "index -6", StringComparison.Ordinal),
            good.Replace("index 6", "index  6", StringComparison.Ordinal), good.Replace("index 6", "index", StringComparison.Ordinal),
            good.Replace("index 6\n", "", StringComparison.Ordinal), good.Replace("index 6\n", "index 6\nextra AA==\n", StringComparison.Ordinal),
            good.Replace("index 6\n", "extra A\nindex 6\n", StringComparison.Ordinal), good.Replace("index 6\n", "extra AA==\nextra AA==\nindex 6\n", StringComparison.Ordinal),
            good.Replace(hash, hash[1..], StringComparison.Ordinal), good.Replace(hash, $" {hash}", StringComparison.Ordinal), good.Replace($"{hash}\n", $"{hash}\r\n", StringComparison.Ordinal),
            good.Replace("index 6\n", "index 6\n" + string.Concat(Enumerable.Repeat($"{hash}\n", TlogProof.MaxHashes)), StringComparison.Ordinal),
            good[..good.IndexOf("\n\n", StringComparison.Ordinal)], good[..^1], $"{good}\n",
        ];
        foreach (var text in bad) Parse(text).ShouldBeFalse(text);
    }

    [Fact]
    public void A_proof_that_could_not_be_read_cannot_be_made()
    {
        Should.Throw<ArgumentException>(() => new TlogProof(-1, [], SignedCheckpoint));
        Should.Throw<ArgumentException>(() => new TlogProof(0, new Hash[TlogProof.MaxHashes + 1], SignedCheckpoint));
        Should.Throw<ArgumentException>(() => new TlogProof(0, [], SignedCheckpoint, new byte[TlogProof.MaxExtraBytes + 1]));
    }

    private static bool Parse(string text)
    {
        var accepted = TlogProof.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error);
        if (!accepted) error.ShouldNotBeNullOrEmpty();
        return accepted;
    }
}
