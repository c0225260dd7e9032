using System.Text;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Statements;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Verifier.Tests.Chains;

/// <summary>What is handed in is refused by name, and nothing is appended.</summary>
public class SubmittedSignOffTests
{
    [Fact]
    public void A_sign_off_over_what_is_shown_becomes_a_link()
    {
        var ledger = TestLedger.Ready();
        ledger.TrySubmit(ledger.Sign(ledger.Prepare(0))).ShouldBeNull();
        ledger.State.Facts.SignOffs.Single().Signer.ShouldBe("dora");
    }

    public static TheoryData<string, Func<SignOffPredicate, SignOffPredicate>> Statements => new()
    {
        { "wrong_ledger", predicate => predicate with { Ledger = "ledger.example/staging" } },
        { "wrong_release", predicate => predicate with { Release = "shop/1.2.4" } },
        { "wrong_policy", predicate => predicate with { Policy = predicate.Policy with { Version = 2 } } },
        { "role_not_held", predicate => predicate with { Role = "cto" } },
        { "out_of_order", predicate => predicate with { Stage = "business", Role = "product-manager", Signer = new SignerReference("paula", "Paula Product") } },
        { "previous_mismatch", predicate => predicate with { Previous = TestLedger.Digest(Hash.Sha256([])) } },
        { "state_changed", predicate => predicate with { Stream = predicate.Stream with { Version = 1 } } },
        { "wrong_name", predicate => predicate with { Signer = new SignerReference("dora", "Dora the Great") } },
        { "nonce_invalid", predicate => predicate with { Nonce = "" } },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_over_something_else_is_refused(string code, Func<SignOffPredicate, SignOffPredicate> change)
    {
        var ledger = TestLedger.Ready();
        Refused(ledger, ledger.Sign(change(ledger.Prepare(0))), code);
    }

    [Fact]
    public void An_envelope_that_is_handed_in_twice_is_refused_the_second_time()
    {
        var ledger = TestLedger.Ready();
        var envelope = ledger.Sign(ledger.Prepare(0));
        ledger.TrySubmit(envelope).ShouldBeNull();
        Refused(ledger, envelope, "sign_off_repeated");
    }

    [Fact]
    public void A_key_that_was_revoked_is_found_and_refused()
    {
        var ledger = TestLedger.Ready();
        ledger.Do(new SignerCommand.RevokeKey("dora", TestKeys.Enrolled(ledger.Key("dora")).Id, "stolen"));
        Refused(ledger, ledger.Sign(ledger.Prepare(0)), "key_revoked");
    }

    [Fact]
    public void Every_bit_of_an_envelope_counts()
    {
        var ledger = TestLedger.Ready();
        var envelope = ledger.Sign(ledger.Prepare(0));
        var hint = Encoding.UTF8.GetString(envelope).IndexOf("\"keyid\"", StringComparison.Ordinal);
        var hintEnd = Encoding.UTF8.GetString(envelope).IndexOf("\"sig\"", StringComparison.Ordinal);
        for (var bit = 0; bit < envelope.Length * 8; bit += 3)
        {
            // The key's id is a hint (DSSE 1.0.2): it decides nothing, and what is kept is the id of the key that was found.
            if (bit / 8 >= hint && bit / 8 < hintEnd) continue;
            var flipped = envelope.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var before = ledger.Log.Events.Count;
            ledger.TrySubmit(flipped).ShouldNotBeNull($"bit {bit}");
            ledger.Log.Events.Count.ShouldBe(before);
        }
    }

    [Fact]
    public void What_is_kept_is_the_key_that_was_found_and_not_the_hint()
    {
        var ledger = TestLedger.Ready();
        var predicate = ledger.Prepare(0);
        var signature = ledger.Key("dora").Sign(PreAuthenticationEncoding.Encode(Statement.PayloadType, ledger.Statement(predicate)));
        var envelope = new Envelope(Statement.PayloadType, ledger.Statement(predicate), [new Integrity.Envelopes.EnvelopeSignature(signature, "whose, do you think?")]);
        ledger.TrySubmit(envelope.ToBytes()).ShouldBeNull();
        var signed = (Domain.Releases.ReleaseEvent.SignedOff)ledger.Log.Events[^1].Open();
        signed.Envelope.Signatures.Single().KeyId.ShouldBe(ledger.Key("dora").PublicKey.KeyId);
        SignOffChain.Verify(ledger.Evidence()).Links.Single().Checks.ShouldAllBe(check => check.Outcome == CheckOutcome.Passed);
    }

    [Fact]
    public void A_signature_of_somebody_else_is_refused()
    {
        var ledger = TestLedger.Ready();
        Refused(ledger, Envelope.Sign(Statement.PayloadType, ledger.Statement(ledger.Prepare(0)), ledger.Key("sam")).ToBytes(), "signature_invalid");
    }

    [Fact]
    public void Nobody_is_taken_for_a_signer_who_is_not_enrolled()
    {
        var ledger = TestLedger.Ready();
        var predicate = ledger.Prepare(0) with { Signer = new SignerReference("nobody", "Nobody") };
        Refused(ledger, Envelope.Sign(Statement.PayloadType, ledger.Statement(predicate), ledger.Key("dora")).ToBytes(), "signer_unknown");
    }

    [Fact]
    public void Two_signatures_are_not_one_persons()
    {
        var ledger = TestLedger.Ready();
        Refused(ledger, Envelope.Sign(Statement.PayloadType, ledger.Statement(ledger.Prepare(0)), ledger.Key("dora"), ledger.Key("sam")).ToBytes(), "envelope_signatures_differ");
    }

    [Fact]
    public void A_payload_of_another_type_is_refused()
    {
        var ledger = TestLedger.Ready();
        Refused(ledger, Envelope.Sign("application/json", ledger.Statement(ledger.Prepare(0)), ledger.Key("dora")).ToBytes(), "envelope_payload_type_differs");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"payload":"","payloadType":"application/vnd.in-toto+json","signatures":[]}""")]
    public void What_is_no_envelope_is_refused(string text) => Refused(TestLedger.Ready(), Encoding.UTF8.GetBytes(text), "envelope_malformed");

    [Fact]
    public void A_statement_has_one_form_and_nothing_beside_it()
    {
        var ledger = TestLedger.Ready();
        var statement = Encoding.UTF8.GetString(ledger.Statement(ledger.Prepare(0)));
        Code(statement + " ").ShouldBe("statement_malformed");
        Code(statement.Replace("{\"_type\"", "{\"Extra\":1,\"_type\"", StringComparison.Ordinal)).ShouldBe("statement_malformed");
        Code(statement.Replace(SignOffPredicate.Type, "https://ledger.example/attestations/sign-off/v2", StringComparison.Ordinal)).ShouldBe("statement_type_differs");
        Code(statement.Replace("\"decision\":\"approve\"", "\"decision\":\"maybe\"", StringComparison.Ordinal)).ShouldBe("statement_predicate_malformed");
        Code(statement.Replace("\"predicate\":{", "\"predicate\":{\"and\":1,", StringComparison.Ordinal)).ShouldBe("statement_predicate_malformed");
        Code(statement.Replace(".000000Z\"}", ".000000+00:00\"}", StringComparison.Ordinal).Replace("Z\"", "+00:00\"", StringComparison.Ordinal)).ShouldBe("statement_predicate_malformed");
        Code(statement.Replace("\"sha256\":\"1", "\"sha256\":\"A", StringComparison.Ordinal)).ShouldBe("statement_malformed");

        string? Code(string text)
        {
            text.ShouldNotBe(statement);
            return SignOffStatement.Read(Encoding.UTF8.GetBytes(text), out _)?.Code;
        }
    }

    private static void Refused(TestLedger ledger, byte[] envelope, string code)
    {
        var before = ledger.Log.Events.Count;
        ledger.TrySubmit(envelope).ShouldNotBeNull().Code.ShouldBe(code);
        ledger.Log.Events.Count.ShouldBe(before);
    }
}
