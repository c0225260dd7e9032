using Ledger.Domain.Actors;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Verifier.Tests.Chains;

/// <summary>
/// Somebody with the database and the log's key appends what no decider would have accepted: everything is in the log, and the chain is
/// invalid all the same, for the reason that it is.
/// </summary>
public class ForgedSignOffTests
{
    private static readonly Hash Other = Hash.Sha256("something else"u8);

    public static TheoryData<string, string, Func<SignOffPredicate, SignOffPredicate>> Statements => new()
    {
        { "for another ledger", "statement_failed", predicate => predicate with { Ledger = "ledger.example/staging" } },
        { "for another release", "statement_failed", predicate => predicate with { Release = "shop/1.2.4" } },
        { "for another policy", "statement_failed", predicate => predicate with { Policy = predicate.Policy with { Version = 2 } } },
        { "without a meaning", "statement_failed", predicate => predicate with { Meaning = " " } },
        { "with a short nonce", "statement_failed", predicate => predicate with { Nonce = "00" } },
        { "from the future", "statement_failed", predicate => predicate with { Time = predicate.Time.AddHours(1) } },
        { "in a role that the signer does not hold", "role_failed", predicate => predicate with { Role = "security-lead" } },
        { "in a stage that is not there", "order_failed", predicate => predicate with { Stage = "extra" } },
        { "in a stage that is not open", "order_failed", predicate => predicate with { Stage = "business" } },
        { "after another sign-off", "previous_link_failed", predicate => predicate with { Previous = TestLedger.Digest(Other) } },
        { "over another version of the release", "previous_link_failed", predicate => predicate with { Stream = predicate.Stream with { Version = 2 } } },
        { "over another head of the release", "previous_link_failed", predicate => predicate with { Stream = predicate.Stream with { Head = TestLedger.Digest(Other) } } },
        { "over another go/no-go", "go_no_go_failed", predicate => predicate with { GoNoGo = predicate.GoNoGo with { Digest = TestLedger.Digest(Other) } } },
        { "over another verdict", "go_no_go_failed", predicate => predicate with { GoNoGo = predicate.GoNoGo with { Verdict = Verdict.Go } } },
        { "under another name", "key_validity_failed", predicate => predicate with { Signer = predicate.Signer with { Name = "Dora the Great" } } },
        { "in the name of nobody", "signature_not_evaluated", predicate => predicate with { Signer = new SignerReference("nobody", "Nobody") } },
        { "in the name of another", "signature_not_evaluated", predicate => predicate with { Signer = new SignerReference("sam", "Sam Shield"), Role = "security-lead" } },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_that_was_signed_otherwise_is_no_link(string how, string reason, Func<SignOffPredicate, SignOffPredicate> change)
    {
        var ledger = TestLedger.Ready();
        ledger.Forge(change(ledger.Prepare(0)), ledger.Key("dora"));
        ShouldBeInvalid(ledger, reason, how);
    }

    [Fact]
    public void A_key_that_two_people_have_says_of_neither_that_they_signed()
    {
        var ledger = TestLedger.Ready();
        ledger.SignOff(0).Do(new SignerCommand.AddKey("sam", TestKeys.Enrolled(ledger.Key("dora"))));
        ledger.Forge(ledger.Prepare(1), ledger.Key("dora"));
        var report = SignOffChain.Verify(ledger.Evidence());
        (report.Status, report.Reason).ShouldBe((ChainStatus.Invalid, "key_validity_failed"));
        report.Detail.ShouldNotBeNull().ShouldContain("was also a key of 'dora'");

        // What was signed before the other had the key is as good as it was.
        report.Links[0].Checks.Single(check => check.Name == LinkCheck.KeyValidity).Outcome.ShouldBe(CheckOutcome.Passed);
    }

    [Fact]
    public void A_sign_off_of_another_release_is_none_of_this_one()
    {
        var ledger = TestLedger.Ready();
        var predicate = ledger.Prepare(0);
        var payload = SignOffStatement.Build(predicate, [new Artifact("shop", TestLedger.Digest(Other))]);
        ledger.Forge(predicate, ledger.Key("dora"), payload: payload);
        ShouldBeInvalid(ledger, "statement_failed");
    }

    [Fact]
    public void A_sign_off_that_is_repeated_is_found_even_after_a_gate_changed()
    {
        var ledger = TestLedger.Ready();
        var predicate = ledger.Prepare(0);
        ledger.Forge(predicate, ledger.Key("dora")).Report(0.002).Forge(predicate, ledger.Key("dora"));
        var report = SignOffChain.Verify(ledger.Evidence());
        report.Status.ShouldBe(ChainStatus.Invalid);
        report.Links[1].Checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name)
            .ShouldBe([LinkCheck.PreviousLink, LinkCheck.Statement, LinkCheck.GoNoGo]);
    }

    [Fact]
    public void A_payload_of_another_type_was_not_signed_as_a_statement()
    {
        var ledger = TestLedger.Ready();
        ledger.Forge(ledger.Prepare(0), ledger.Key("dora"), payloadType: "application/json");
        ShouldBeInvalid(ledger, "signature_failed");
    }

    [Fact]
    public void Every_bit_of_a_signature_counts()
    {
        var ledger = TestLedger.Ready();
        ledger.SignOff(0);
        var signed = (ReleaseEvent.SignedOff)ledger.Log.Events[^1].Open();
        var signature = Convert.FromBase64String(signed.Envelope.Signatures[0].Sig);
        for (var bit = 0; bit < signature.Length * 8; bit += 7)
        {
            var flipped = Flip(signature, bit);
            var forged = TestLedger.Ready().Forge(
                signed with { Envelope = signed.Envelope with { Signatures = [signed.Envelope.Signatures[0] with { Sig = Convert.ToBase64String(flipped) }] } }, new Actor("dora", Role.Signer));
            ShouldBeInvalid(forged, "signature_failed", $"bit {bit}");
        }
    }

    [Fact]
    public void Every_bit_of_a_statement_counts()
    {
        var ledger = TestLedger.Ready();
        ledger.SignOff(0);
        var signed = (ReleaseEvent.SignedOff)ledger.Log.Events[^1].Open();
        var payload = Convert.FromBase64String(signed.Envelope.Payload);
        for (var bit = 0; bit < payload.Length * 8; bit += 13)
        {
            var flipped = Flip(payload, bit);
            var forged = TestLedger.Ready().Forge(
                signed with { Statement = TestLedger.Digest(Hash.Sha256(flipped)), Envelope = signed.Envelope with { Payload = Convert.ToBase64String(flipped) } }, new Actor("dora", Role.Signer));
            var report = SignOffChain.Verify(forged.Evidence());
            report.Status.ShouldBe(ChainStatus.Invalid, $"bit {bit}");
            report.Links.Single().Checks.Single(check => check.Name == LinkCheck.Signature).Outcome.ShouldNotBe(CheckOutcome.Passed, $"bit {bit}");
        }
    }

    [Fact]
    public void An_event_that_says_something_else_than_what_was_signed_is_found()
    {
        Func<ReleaseEvent.SignedOff, ReleaseEvent.SignedOff>[] changes =
        [
            signed => signed with { Decision = SignOffChoice.Approve },
            signed => signed with { Meaning = "I looked at nothing" },
            signed => signed with { Name = "Dora the Great" },
            signed => signed with { Role = "security-lead" },
            signed => signed with { Stage = "final" },
            signed => signed with { Statement = TestLedger.Digest(Other) },
            signed => signed with { Signer = "sam" },
            signed => signed with { Previous = TestLedger.Digest(Other) },
        ];
        foreach (var change in changes)
        {
            var ledger = TestLedger.Ready();
            ledger.Forge(ledger.Prepare(0, SignOffChoice.Reject), ledger.Key("dora"), change);
            ShouldBeInvalid(ledger, "statement_failed");
        }
    }

    [Fact]
    public void A_stolen_key_signs_nothing_after_its_revocation_whatever_time_is_claimed()
    {
        var ledger = TestLedger.Ready();
        var early = ledger.Prepare(0);
        ledger.Do(new SignerCommand.RevokeKey("dora", TestKeys.Enrolled(ledger.Key("dora")).Id, "stolen"));
        ledger.Forge(early with { Time = early.Time.AddDays(-1) }, ledger.Key("dora"));
        ShouldBeInvalid(ledger, "key_validity_failed");
    }

    [Fact]
    public void A_key_signs_nothing_before_it_is_added()
    {
        var ledger = TestLedger.Ready();
        var key = TestKeys.Of("dora's next key");
        ledger.Forge(ledger.Prepare(0), key).Do(new SignerCommand.AddKey("dora", TestKeys.Enrolled(key)));
        ShouldBeInvalid(ledger, "key_validity_failed");
    }

    [Fact]
    public void A_key_that_was_replaced_signs_nothing_more()
    {
        var ledger = TestLedger.Ready();
        ledger.Do(new SignerCommand.AddKey("dora", TestKeys.Enrolled(TestKeys.Of("dora's next key")), TestKeys.Enrolled(ledger.Key("dora")).Id));
        ledger.Forge(ledger.Prepare(0), ledger.Key("dora"));
        ShouldBeInvalid(ledger, "key_validity_failed");
    }

    [Fact]
    public void A_key_that_expired_signs_nothing_more()
    {
        var ledger = TestLedger.Ready();
        var key = TestKeys.Of("a key for an hour");
        ledger.Do(new SignerCommand.AddKey("dora", TestKeys.Enrolled(key, ledger.Now.AddHours(1))));
        ledger.Now = ledger.Now.AddHours(2);
        ledger.Forge(ledger.Prepare(0), key);
        ShouldBeInvalid(ledger, "key_validity_failed");
    }

    [Fact]
    public void A_key_that_was_never_enrolled_signs_nothing()
    {
        var ledger = TestLedger.Ready();
        ledger.Forge(ledger.Prepare(0), TestKeys.Of("a stranger"));
        ShouldBeInvalid(ledger, "signature_not_evaluated");
    }

    [Fact]
    public void One_person_signs_once_and_in_one_role()
    {
        var ledger = TestLedger.Signed(1);
        ledger.Forge(ledger.Prepare(0), ledger.Key("dora"));
        ShouldBeInvalid(ledger, "order_failed");
    }

    [Theory]
    [InlineData("maria", "she opened it")]
    [InlineData("ci", "it reported a gate")]
    public void Who_opened_or_reported_does_not_sign(string account, string why)
    {
        var ledger = TestLedger.Ready();
        ledger.Do(new SignerCommand.Change("dora", ["devops-lead"], [account], "the same person"));
        ledger.Forge(ledger.Prepare(0), ledger.Key("dora"));
        ShouldBeInvalid(ledger, "separation_of_duties_failed", why);
    }

    [Fact]
    public void Nobody_takes_back_the_rejection_of_another()
    {
        var ledger = TestLedger.Ready().SignOff(0, SignOffChoice.Reject);
        ledger.Forge(new ReleaseEvent.SignOffWithdrawn(ledger.State.Facts.SignOffs[0].Statement, "dora", "never mind"), TestLedger.Manager);
        ShouldBeInvalid(ledger, "withdrawal_failed");
    }

    [Fact]
    public void A_forged_link_that_is_stale_is_still_forged()
    {
        var ledger = TestLedger.Ready();
        ledger.Forge(ledger.Prepare(0), TestKeys.Of("a stranger")).Report(0.002);
        for (var i = 0; i < 6; i++) ledger.SignOff(i);
        ShouldBeInvalid(ledger, "signature_not_evaluated");
    }

    [Fact]
    public void A_history_with_an_event_left_out_moved_or_of_another_stream_is_no_history()
    {
        var ledger = TestLedger.Signed(2);
        var evidence = ledger.Evidence();
        var release = evidence.Release;
        for (var i = 0; i < release.Count - 1; i++)
        {
            ShouldBeBroken(evidence with { Release = [.. release.Where((_, at) => at != i)] });
            ShouldBeBroken(evidence with { Release = [.. release.Take(i), release[i + 1], release[i], .. release.Skip(i + 2)] });
            ShouldBeBroken(evidence with { Release = [.. release.Take(i), ledger.PolicyEvent, .. release.Skip(i + 1)] });
        }

        ShouldBeBroken(evidence with { Release = [] });
        ShouldBeBroken(evidence with { Release = evidence.Signers });
    }

    [Fact]
    public void A_signers_history_with_an_event_left_out_proves_nothing()
    {
        var ledger = TestLedger.Signed();
        var evidence = ledger.Evidence();
        for (var i = 0; i < evidence.Signers.Count; i++)
            SignOffChain.Verify(evidence with { Signers = [.. evidence.Signers.Where((_, at) => at != i)] }).Status.ShouldBe(ChainStatus.Invalid);
    }

    [Fact]
    public void A_policy_that_asks_for_less_is_not_the_one_that_was_pinned()
    {
        var lenient = new TestLedger(TestPolicy.Document with { SignOff = [] });
        var report = SignOffChain.Verify(TestLedger.Ready().Evidence() with { Policy = lenient.PolicyEvent });
        (report.Status, report.Reason).ShouldBe((ChainStatus.Invalid, "policy_differs"));
    }

    [Fact]
    public void A_document_that_has_not_the_digest_it_is_published_under_is_no_policy()
    {
        var ledger = TestLedger.Ready();
        var lenient = TestPolicy.Publish(TestPolicy.Document with { SignOff = [] });
        var log = new TestLog(TestLedger.Origin);
        log.Append("ledger", ledger.Log.Events[0].Type, ledger.Log.Events[0].Data.ToArray(), TestLedger.Compliance, TestLedger.Start);
        var forged = log.Append(lenient.StreamKey, new PolicyEvent.Published(ledger.Policy.Reference, lenient.Document), TestLedger.Compliance, TestLedger.Start);
        SignOffChain.Verify(ledger.Evidence() with { Policy = forged }).Reason.ShouldBe("policy_differs");
    }

    [Theory]
    [InlineData("gate_reported", "{}")]
    [InlineData("gate_reported", """{"conditions":[null],"evidence":null,"gate":"load","measurements":[],"outcome":"passed","redactions":0,"results":[null],"tool":"k6"}""")]
    [InlineData("no_such_event", "{}")]
    [InlineData("signer_enrolled", """{"accounts":[],"name":"x","roles":[],"signer":"x"}""")]
    [InlineData("signed_off", "[]")]
    public void Whatever_stands_in_an_event_the_answer_is_a_report(string type, string data)
    {
        var ledger = TestLedger.Signed(1);
        ledger.Log.Append(TestLedger.Release.StreamKey, type, System.Text.Encoding.UTF8.GetBytes(data), TestLedger.Ci, ledger.Now);
        ShouldBeBroken(ledger.Evidence());
    }

    private static void ShouldBeBroken(ChainEvidence evidence)
    {
        var report = SignOffChain.Verify(evidence);
        (report.Status, report.Reason).ShouldBe((ChainStatus.Invalid, "history_broken"));
    }

    private static void ShouldBeInvalid(TestLedger ledger, string reason, string? because = null)
    {
        var report = SignOffChain.Verify(ledger.Evidence());
        report.Status.ShouldBe(ChainStatus.Invalid, because);
        report.Reason.ShouldBe(reason, because);
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
