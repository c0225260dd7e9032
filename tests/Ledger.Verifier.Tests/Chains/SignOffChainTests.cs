using System.Text.Json;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Keys;
using Ledger.Testing;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Verifier.Tests.Chains;

public class SignOffChainTests
{
    [Fact]
    public void Six_people_in_three_stages_are_a_valid_chain() =>
        Golden.ShouldMatch(JsonSerializer.Serialize(Verify(TestLedger.Signed()), VerifierJson.Indented.ChainReport) + "\n", "SignOffChain.json");

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.RsaPssSha256)]
    [InlineData(KeyAlgorithm.RsaPkcs1Sha256)]
    public void Every_kind_of_key_may_sign(KeyAlgorithm algorithm) => Verify(TestLedger.Signed(1, algorithm)).Links.Single().Checks.ShouldAllBe(check => check.Outcome == CheckOutcome.Passed);

    [Theory]
    [InlineData(0, "Technical")]
    [InlineData(3, "Business")]
    [InlineData(5, "Final")]
    public void A_chain_is_incomplete_until_the_last_has_signed(int people, string stage)
    {
        var report = Verify(TestLedger.Signed(people));
        (report.Status, report.Reason).ShouldBe((ChainStatus.Incomplete, "missing"));
        report.Detail!.ShouldContain(stage);
        report.Links.Count.ShouldBe(people);
    }

    [Fact]
    public void A_change_of_a_gate_makes_the_chain_stale_and_signing_again_makes_it_valid()
    {
        var ledger = TestLedger.Signed().Report(0.002);
        var report = Verify(ledger);
        (report.Status, report.Reason).ShouldBe((ChainStatus.Stale, "stale"));
        report.Links.ShouldAllBe(link => link.State == LinkState.Stale);
        report.Links.SelectMany(link => link.Checks).Where(check => check.Outcome != CheckOutcome.Passed).ShouldAllBe(check => check.Name == LinkCheck.Freshness);

        for (var i = 0; i < 6; i++) ledger.SignOff(i);
        Verify(ledger).Status.ShouldBe(ChainStatus.Valid);
    }

    [Fact]
    public void A_rejection_leaves_the_chain_incomplete_until_its_signer_takes_it_back()
    {
        var ledger = TestLedger.Signed(1).SignOff(1, SignOffChoice.Reject);
        var report = Verify(ledger);
        (report.Status, report.Reason).ShouldBe((ChainStatus.Incomplete, "rejected"));
        report.Detail.ShouldBe("Sam Shield rejected the release as security-lead");

        ledger.Withdraw("sam");
        report = Verify(ledger);
        (report.Status, report.Reason).ShouldBe((ChainStatus.Incomplete, "missing"));
        report.Links[1].State.ShouldBe(LinkState.Withdrawn);
        report.Links[1].Checks.Single(check => check.Name == LinkCheck.Withdrawal).Outcome.ShouldBe(CheckOutcome.Passed);
    }

    [Fact]
    public void A_rejection_outlives_a_change_of_a_gate_until_its_role_signs_again()
    {
        var ledger = TestLedger.Ready().SignOff(1, SignOffChoice.Reject).Report(0.002);
        var report = Verify(ledger);
        (report.Status, report.Reason, report.Links[0].State).ShouldBe((ChainStatus.Incomplete, "rejected", LinkState.Stale));

        ledger.SignOff(1);
        Verify(ledger).Reason.ShouldBe("missing");
    }

    [Fact]
    public void A_sign_off_that_was_taken_back_is_still_checked_and_still_a_link()
    {
        var ledger = TestLedger.Signed(2).Withdraw("sam");
        ledger.SignOff(1);
        var report = Verify(ledger);
        report.Links.Select(link => link.State).ShouldBe([LinkState.Counts, LinkState.Withdrawn, LinkState.Counts]);
        report.Links[2].Previous.ShouldBe(report.Links[1].Statement);
        report.Links.SelectMany(link => link.Checks).ShouldAllBe(check => check.Outcome == CheckOutcome.Passed);
    }

    [Fact]
    public void A_policy_without_stages_needs_no_chain()
    {
        var report = Verify(TestLedger.Ready(TestPolicy.Document with { SignOff = [] }));
        (report.Status, report.Required, report.Reason).ShouldBe((ChainStatus.Valid, false, null));
        report.Links.ShouldBeEmpty();
        report.Stages.ShouldBeEmpty();
    }

    [Fact]
    public void A_key_that_was_revoked_after_it_signed_still_counts_for_what_it_signed()
    {
        var ledger = TestLedger.Signed();
        ledger.Do(new SignerCommand.RevokeKey("dora", TestKeys.Enrolled(ledger.Key("dora")).Id, "lost"));
        Verify(ledger).Status.ShouldBe(ChainStatus.Valid);
    }

    [Theory]
    [InlineData(CheckOutcome.Failed, "inclusion_failed")]
    [InlineData(CheckOutcome.NotEvaluated, "inclusion_not_evaluated")]
    public void A_chain_is_valid_only_if_everything_it_rests_on_is_shown_to_be_in_the_log(CheckOutcome outcome, string reason)
    {
        var ledger = TestLedger.Signed();
        var rests = ledger.Log.Events.Where(logged => logged.Type is "signed_off" or "signer_enrolled" or "signer_key_added" or "policy_published").ToList();
        rests.Count.ShouldBe(19);
        foreach (var missing in rests)
        {
            var report = SignOffChain.Verify(ledger.Evidence(logged => logged.Sequence == missing.Sequence ? outcome : CheckOutcome.Passed));
            (report.Status, report.Reason).ShouldBe((ChainStatus.Invalid, reason));
        }
    }

    [Fact]
    public void A_report_is_the_same_when_it_is_read_again()
    {
        var json = JsonSerializer.Serialize(Verify(TestLedger.Signed(3).Report()), VerifierJson.Default.ChainReport);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, VerifierJson.Default.ChainReport)!, VerifierJson.Default.ChainReport).ShouldBe(json);
    }

    private static ChainReport Verify(TestLedger ledger) => SignOffChain.Verify(ledger.Evidence());
}
