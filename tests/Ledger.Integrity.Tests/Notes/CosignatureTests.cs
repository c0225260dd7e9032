using System.Text;

using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Keys;
using Ledger.Integrity.Tests.Merkle;

namespace Ledger.Integrity.Tests.Notes;

public class CosignatureTests
{
    private const string Origin = "ledger.example/log";
    private const long Time = 1_679_315_147;
    private const int Size = 13;
    private const int Index = 6;

    private static readonly byte[][] Leaves = NaiveTree.Leaves(Size);
    private static readonly Hash Leaf = MerkleHash.Leaf(Leaves[Index]);
    private static readonly Checkpoint Head = new(Origin, Size, NaiveTree.Root(Leaves));

    private readonly NoteSigner _log = new(Origin, TestKeys.Ed25519);
    private readonly Cosigner _witness = new("witness.example/w1", TestKeys.OtherEd25519);
    private readonly Cosigner _second = new("witness.example/w2", TestKeys.FromSeed("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));

    private Note Cosigned => Head.Sign(_log).With(_witness.Cosign(Head, Time), _second.Cosign(Head, Time + 1));

    [Fact]
    public void A_cosigner_signs_a_header_a_time_and_the_checkpoint()
    {
        Golden.ShouldMatch(Cosigned.ToString(), "CosignedCheckpoint.txt");
        var signature = _witness.Cosign(Head, Time).Signature;
        signature.Length.ShouldBe(72);
        signature.Span[..8].ToArray().ShouldBe([0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB]);
        _witness.VerifierKey.PublicKey.Verify(Encoding.UTF8.GetBytes($"cosignature/v1\ntime 1679315147\n{Head}"), signature.Span[8..]).ShouldBeTrue();
    }

    [Fact]
    public void Its_key_has_a_type_of_its_own_and_reads_back_as_it_is_written()
    {
        var raw = TestKeys.OtherEd25519.PublicKey.Spki.Span[^32..].ToArray();
        var key = _witness.VerifierKey;
        key.KeyId.ShouldBe(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Hash.Sha256([.. "witness.example/w1\n"u8, 0x04, .. raw]).Bytes));
        key.ToString().ShouldEndWith(Convert.ToBase64String([0x04, .. raw]));
        VerifierKey.TryParse(key.ToString(), out var parsed, out var error).ShouldBeTrue(error);
        parsed.ShouldBe(key);
        parsed.Type.ShouldBe(NoteKeyType.Cosignature);
        key.ShouldNotBe(new VerifierKey(key.Name, key.PublicKey));
        Should.Throw<ArgumentException>(() => VerifierKey.ForCosigner("w", TestKeys.EcdsaP256.PublicKey));
    }

    [Fact]
    public void Opening_a_checkpoint_says_who_cosigned_it_and_when()
    {
        Verify(Cosigned, [_second.VerifierKey, _witness.VerifierKey], out var verified).ShouldBe(Verification.Valid);
        verified!.Checkpoint.ShouldBe(Head);
        verified.Cosignatures.ShouldBe([new Cosignature(_witness.VerifierKey, Time), new Cosignature(_second.VerifierKey, Time + 1)]);

        Verify(Cosigned, [_second.VerifierKey], out verified).ShouldBe(Verification.Valid);
        verified!.Cosignatures.Select(each => each.Witness).ShouldBe([_second.VerifierKey]);
        Verify(Head.Sign(_log), [_second.VerifierKey], out verified).ShouldBe(Verification.Valid);
        verified!.Cosignatures.ShouldBeEmpty();
    }

    [Fact]
    public void A_cosignature_does_not_stand_in_for_the_logs_own()
    {
        var witnessed = new Note(Head.ToString(), [_witness.Cosign(Head, Time)]);
        Verify(witnessed, [_witness.VerifierKey], out var verified).Code.ShouldBe("note_signer_unknown");
        verified.ShouldBeNull();
        var posing = new Cosigner(Origin, TestKeys.OtherEd25519);
        Checkpoint.Verify(new Note(Head.ToString(), [posing.Cosign(Head, Time)]).ToBytes(), Origin, posing.VerifierKey, out Checkpoint? checkpoint).Code.ShouldBe("log_key_is_cosigner");
        checkpoint.ShouldBeNull();
    }

    [Fact]
    public void A_time_that_was_changed_and_a_cosignature_of_another_checkpoint_reject_the_note()
    {
        var good = _witness.Cosign(Head, Time);
        foreach (var at in Enumerable.Range(0, good.Signature.Length))
        {
            var tampered = good.Signature.ToArray();
            tampered[at] ^= 1;
            Verify(Head.Sign(_log).With(new NoteSignature(good.Name, good.KeyId, tampered)), [_witness.VerifierKey], out _).Code.ShouldBe("note_signature_invalid");
        }

        var other = new Checkpoint(Origin, Size, Hash.Sha256("other"u8));
        Verify(Head.Sign(_log).With(_witness.Cosign(other, Time)), [_witness.VerifierKey], out _).Code.ShouldBe("note_signature_invalid");
        Verify(Head.Sign(_log).With(new NoteSignature(good.Name, good.KeyId, good.Signature[8..])), [_witness.VerifierKey], out _).Code.ShouldBe("note_signature_invalid");
        Should.Throw<ArgumentOutOfRangeException>(() => _witness.Cosign(Head, 0));
    }

    [Fact]
    public void A_quorum_counts_the_witnesses_that_cosigned()
    {
        var both = new[] { _witness.VerifierKey, _second.VerifierKey };
        Prove(Cosigned, new WitnessQuorum(2, both)).ShouldBeNull();
        Prove(Head.Sign(_log).With(_witness.Cosign(Head, Time)), new WitnessQuorum(2, both)).ShouldBe("witness_quorum_not_met");
        Prove(Head.Sign(_log).With(_witness.Cosign(Head, Time), _witness.Cosign(Head, Time + 5)), new WitnessQuorum(2, both)).ShouldBe("witness_quorum_not_met");
        Prove(Head.Sign(_log).With(_witness.Cosign(Head, Time)), new WitnessQuorum(1, both)).ShouldBeNull();
        Prove(Head.Sign(_log), quorum: null).ShouldBeNull();
    }

    [Fact]
    public void A_quorum_is_of_different_keys_and_can_be_met()
    {
        var key = _witness.VerifierKey;
        Should.Throw<ArgumentException>(() => new WitnessQuorum(0, [key]));
        Should.Throw<ArgumentException>(() => new WitnessQuorum(2, [key]));
        Should.Throw<ArgumentException>(() => new WitnessQuorum(1, [_log.VerifierKey]));
        Should.Throw<ArgumentException>(() => new WitnessQuorum(2, [key, VerifierKey.ForCosigner("another.name", key.PublicKey)]));
    }

    [Fact]
    public void A_proof_with_cosignatures_reads_back_byte_for_byte_and_verifies()
    {
        var bytes = new TlogProof(Index, NaiveTree.Path(Index, Leaves), Cosigned).ToBytes();
        TlogProof.TryParse(bytes, out var proof, out _).ShouldBeTrue();
        proof.ToBytes().ShouldBe(bytes);
        proof.Verify(Leaf, Origin, _log.VerifierKey, new WitnessQuorum(1, [_second.VerifierKey]), out var verified).ShouldBe(Verification.Valid);
        verified!.Cosignatures.ShouldBe([new Cosignature(_second.VerifierKey, Time + 1)]);
        proof.Verify(MerkleHash.Leaf("other"u8), Origin, _log.VerifierKey, null, out verified).Code.ShouldBe("proof_root_differs");
        verified.ShouldBeNull();
    }

    [Fact]
    public void No_flipped_bit_of_a_proof_leaves_it_valid_with_a_full_quorum()
    {
        var bytes = new TlogProof(Index, NaiveTree.Path(Index, Leaves), Cosigned).ToBytes();
        var quorum = new WitnessQuorum(2, [_witness.VerifierKey, _second.VerifierKey]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var tampered = (byte[])bytes.Clone();
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            if (TlogProof.TryParse(tampered, out var proof, out _)) proof.Verify(Leaf, Origin, _log.VerifierKey, quorum, out _).IsValid.ShouldBeFalse($"bit {bit}");
        }
    }

    private static string? Prove(Note checkpoint, WitnessQuorum? quorum) =>
        new TlogProof(Index, NaiveTree.Path(Index, Leaves), checkpoint).Verify(Leaf, Origin, new VerifierKey(Origin, TestKeys.Ed25519.PublicKey), quorum, out _).Code;

    private Verification Verify(Note note, IReadOnlyCollection<VerifierKey> witnesses, out VerifiedCheckpoint? verified) =>
        Checkpoint.Verify(note.ToBytes(), Origin, _log.VerifierKey, witnesses, out verified);
}
