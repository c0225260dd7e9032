using System.Text;

using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Keys;
using Ledger.Integrity.Tests.Merkle;

namespace Ledger.Integrity.Tests.Notes;

public class WitnessTests
{
    private const string Origin = "ledger.example/log";
    private const int Max = 40;

    private static readonly byte[][] Leaves = NaiveTree.Leaves(Max);

    private readonly NoteSigner _log = new(Origin, TestKeys.Ed25519);

    [Fact]
    public void A_log_that_only_grows_is_cosigned_at_every_step()
    {
        for (var old = 0; old <= Max; old++)
        {
            for (var size = old; size <= Max; size++)
            {
                var cosign = Decide(Request(old, size), Tree(old)).ShouldBeOfType<WitnessDecision.Cosign>();
                cosign.Status.ShouldBe(200);
                cosign.Tree.ShouldBe(Tree(size));
                cosign.Checkpoint.ShouldBe(Head(size));
            }
        }
    }

    [Fact]
    public void Each_refusal_has_the_status_that_the_specification_gives_it()
    {
        var good = Request(5, 13);
        Refusal(good, Tree(5), keys: []).ShouldBe((404, "log_unknown"));
        Refusal(good, Tree(5), keys: [new VerifierKey(Origin, TestKeys.OtherEd25519.PublicKey)]).ShouldBe((403, "note_signer_unknown"));
        Refusal(Altered(good, new Note(Head(14).ToString(), good.Checkpoint.Signatures)), Tree(5)).ShouldBe((403, "note_signature_invalid"));
        Refusal(Altered(good, _log.SignNote("not a checkpoint\n")), Tree(5)).ShouldBe((400, "checkpoint_malformed"));
        Refusal(new AddCheckpointRequest(14, [], Head(13).Sign(_log)), Tree(14)).ShouldBe((400, "old_size_too_large"));
        Refusal(new AddCheckpointRequest(0, [], new Checkpoint(Origin, 0, Hash.Sha256("x"u8)).Sign(_log)), WitnessedTree.None).ShouldBe((422, "empty_tree_root_wrong"));
        Refusal(new AddCheckpointRequest(0, good.Proof, Head(13).Sign(_log)), WitnessedTree.None).ShouldBe((422, "proof_length_wrong"));
        Refusal(new AddCheckpointRequest(5, [], Head(13).Sign(_log)), Tree(5)).ShouldBe((422, "proof_length_wrong"));
        Refusal(new AddCheckpointRequest(5, [.. good.Proof.Reverse()], Head(13).Sign(_log)), Tree(5)).Status.ShouldBe(422);
        Refusal(new AddCheckpointRequest(13, [], new Checkpoint(Origin, 13, Hash.Sha256("fork"u8)).Sign(_log)), Tree(13)).ShouldBe((422, "proof_new_root_differs"));
        Refusal(good, new WitnessedTree(5, Hash.Sha256("what it saw"u8))).Status.ShouldBe(422);
    }

    [Fact]
    public void Another_size_than_the_witness_saw_is_a_conflict_that_names_it()
    {
        foreach (var seen in new[] { 0, 4, 6, 13, 20 })
        {
            var conflict = Decide(Request(5, 13), Tree(seen)).ShouldBeOfType<WitnessDecision.Conflict>();
            conflict.Status.ShouldBe(409);
            conflict.Size.ShouldBe(seen);
        }
    }

    [Fact]
    public void A_signature_is_checked_before_anything_is_said_of_what_was_seen() =>
        Refusal(Request(5, 13), Tree(20), [new VerifierKey(Origin, TestKeys.OtherEd25519.PublicKey)]).Status.ShouldBe(403);

    [Fact]
    public void Only_signatures_that_were_checked_are_shown_to_monitors()
    {
        var request = Altered(Request(5, 13), Head(13).Sign(_log).With(new NoteSignature("stranger", 1, new byte[64])));
        Decide(request, Tree(5)).ShouldBeOfType<WitnessDecision.Cosign>().SignedByLog.ToString().ShouldBe(Head(13).Sign(_log).ToString());
    }

    [Fact]
    public void A_cosigners_key_is_not_a_logs() =>
        Should.Throw<ArgumentException>(() => Witness.Decide(new AddCheckpointRequest(0, [], Head(1).Sign(_log)), [VerifierKey.ForCosigner(Origin, TestKeys.Ed25519.PublicKey)], WitnessedTree.None));

    [Fact]
    public void A_request_is_a_size_a_proof_and_a_checkpoint()
    {
        var request = Request(5, 13);
        Golden.ShouldMatch(request.ToString(), "AddCheckpointRequest.txt");
        request.UnverifiedOrigin.ShouldBe(Origin);
        var good = request.ToString();
        var hash = request.Proof[0].ToBase64();
        Parse(good).ShouldBeTrue();
        Parse(new AddCheckpointRequest(0, [], Head(1).Sign(_log)).ToString()).ShouldBeTrue();
        string[] bad =
        [
            "", good[1..], good[..^1], $"\n{good}", good.Replace("old 5", "old 05", StringComparison.Ordinal), good.Replace("old 5", "old -5", StringComparison.Ordinal),
            good.Replace("old 5", "old", StringComparison.Ordinal), good.Replace("old 5", "new 5", StringComparison.Ordinal), good.Replace("old 5", "old 9223372036854775808", StringComparison.Ordinal),
            good.Replace(hash, hash[1..], StringComparison.Ordinal), good.Replace($"{hash}\n", $"{hash}\r\n", StringComparison.Ordinal),
            good.Replace($"{hash}\n", string.Concat(Enumerable.Repeat($"{hash}\n", 64)), StringComparison.Ordinal), good[..good.IndexOf("\n\n", StringComparison.Ordinal)],
            good + new string('x', AddCheckpointRequest.MaxBytes),
        ];
        foreach (var text in bad) Parse(text).ShouldBeFalse(text.Length > 2000 ? "the long one" : text);
    }

    [Fact]
    public void An_answer_is_checked_before_its_cosignature_is_kept()
    {
        var witness = new Cosigner("witness.example/w1", TestKeys.OtherEd25519);
        var asked = Head(13).Sign(_log);
        var stranger = new NoteSignature("stranger", 1, new byte[72]);
        Verify(AddCheckpointResponse.Write(stranger, witness.Cosign(Head(13), 7)), out var cosigned, out var cosignature).ShouldBeNull();
        cosignature.ShouldBe(new Cosignature(witness.VerifierKey, 7));
        cosigned!.ToString().ShouldBe(asked.With(witness.Cosign(Head(13), 7)).ToString());

        Verify(AddCheckpointResponse.Write(stranger), out cosigned, out _).ShouldBe("note_signer_unknown");
        cosigned.ShouldBeNull();
        Verify(AddCheckpointResponse.Write(witness.Cosign(Head(14), 7)), out _, out _).ShouldBe("note_signature_invalid");
        foreach (var malformed in new[] { "", "\n", "text\n", "13\n", $"other\n\n{witness.Cosign(Head(13), 7)}\n", $"{witness.Cosign(Head(13), 7)}" })
            Verify(Encoding.UTF8.GetBytes(malformed), out _, out _).ShouldBe("witness_response_malformed", malformed);

        string? Verify(byte[] body, out Note? note, out Cosignature? cosignature) =>
            AddCheckpointResponse.Verify(body, asked, witness.VerifierKey, out note, out cosignature).Code;
    }

    [Fact]
    public void The_size_of_a_conflict_is_a_decimal_on_a_line()
    {
        AddCheckpointResponse.TryParseSize(AddCheckpointResponse.WriteSize(20_852_163), out var size).ShouldBeTrue();
        size.ShouldBe(20_852_163);
        foreach (var text in new[] { "", "\n", "1", "01\n", "-1\n", "1\n\n", " 1\n", "1\r\n", "9223372036854775808\n", "99999999999999999999999\n" })
            AddCheckpointResponse.TryParseSize(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse(text);
    }

    private static bool Parse(string text)
    {
        var accepted = AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(text), out var request, out var error);
        if (accepted) request!.ToString().ShouldBe(text);
        else error.ShouldNotBeNullOrEmpty();
        return accepted;
    }

    private static AddCheckpointRequest Altered(AddCheckpointRequest request, Note checkpoint) => new(request.OldSize, request.Proof, checkpoint);

    private static WitnessedTree Tree(int size) => size == 0 ? WitnessedTree.None : new(size, NaiveTree.Root(Leaves.AsSpan(0, size)));

    private static Checkpoint Head(int size) => new(Origin, size, Tree(size).Root);

    private AddCheckpointRequest Request(int old, int size) =>
        new(old, old == 0 ? [] : NaiveTree.Proof(old, Leaves.AsSpan(0, size)), Head(size).Sign(_log));

    private WitnessDecision Decide(AddCheckpointRequest request, WitnessedTree latest) => Witness.Decide(request, [_log.VerifierKey], latest);

    private (int Status, string? Code) Refusal(AddCheckpointRequest request, WitnessedTree latest, VerifierKey[]? keys = null)
    {
        var refusal = Witness.Decide(request, keys ?? [_log.VerifierKey], latest).ShouldBeOfType<WitnessDecision.Refuse>();
        return (refusal.Status, refusal.Reason.Code);
    }
}
