using System.Text.Json;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Integrity.Bundles;
using Ledger.Testing;
using Ledger.Verifier.Bundles;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Verifier.Tests.Bundles;

public class ReleaseBundleTests
{
    [Fact]
    public void A_release_that_was_signed_and_decided_is_valid_under_a_trusted_key()
    {
        var bundle = TestBundle.Of(TestLedger.Signed().Decide());
        var report = BundleVerifier.Verify(new MemoryStream(bundle.Write()), new BundleTrust(bundle.LogKey));
        Golden.ShouldMatch(JsonSerializer.Serialize(report, VerifierJson.Indented.BundleReport) + "\n", "ReleaseBundle.json");
    }

    [Fact]
    public void Without_a_trusted_key_the_report_says_so()
    {
        var report = Verify(TestBundle.Of(TestLedger.Signed().Decide()));
        (report.Valid, report.Trusted, report.Verdict).ShouldBe((true, false, Verdict.Go));
        report.Steps.Single(step => step.Name == BundleCheck.LogKey).Detail.ShouldContain("not checked against one that you trust");
    }

    [Theory]
    [InlineData(0, ChainStatus.Incomplete)]
    [InlineData(4, ChainStatus.Incomplete)]
    [InlineData(6, ChainStatus.Valid)]
    public void A_release_on_its_way_is_valid_and_its_chain_is_told(int people, ChainStatus status)
    {
        var report = Verify(TestBundle.Of(TestLedger.Signed(people)));
        report.FirstFault.ShouldBeNull();
        report.Chain!.Status.ShouldBe(status);
    }

    [Fact]
    public void A_chain_that_became_stale_is_told_and_the_bundle_is_genuine()
    {
        var report = Verify(TestBundle.Of(TestLedger.Signed().Report()));
        (report.Valid, report.Chain!.Status).ShouldBe((true, ChainStatus.Stale));
        report.Steps.Single(step => step.Name == BundleCheck.SignOffs).Detail.ShouldContain("STALE");
    }

    [Fact]
    public void A_release_that_nobody_signs_is_valid()
    {
        var report = Verify(TestBundle.Of(TestLedger.Ready(TestPolicy.Document with { SignOff = [] }).Decide()));
        report.FirstFault.ShouldBeNull();
        report.Chain!.Required.ShouldBeFalse();
    }

    [Fact]
    public void Another_key_than_the_trusted_one_is_refused()
    {
        var bundle = TestBundle.Of(TestLedger.Signed());
        var other = new Integrity.Notes.VerifierKey(TestLedger.Origin, TestKeys.Of("somebody else").PublicKey);
        ShouldFail(BundleVerifier.Verify(new MemoryStream(bundle.Write()), new BundleTrust(other)), BundleCheck.LogKey, BundlePath.LogKey);
    }

    [Fact]
    public void A_log_that_forked_is_caught_by_a_pinned_checkpoint()
    {
        var honest = TestLedger.Signed();
        var forked = TestLedger.Signed(5).SignOff(5, Domain.SignOffs.SignOffChoice.Reject);
        forked.Log.Events.Count.ShouldBe(honest.Log.Events.Count);
        Integrity.Notes.Checkpoint.Verify(honest.Log.Checkpoint(honest.Log.Events.Count), TestLedger.Origin, honest.Log.Signer.VerifierKey, out var pin).IsValid.ShouldBeTrue();

        var bundle = TestBundle.Of(forked);
        BundleVerifier.Verify(new MemoryStream(bundle.Write()), new BundleTrust(bundle.LogKey)).Valid.ShouldBeTrue();
        var report = BundleVerifier.Verify(new MemoryStream(bundle.Write()), new BundleTrust(bundle.LogKey, pin));
        ShouldFail(report, BundleCheck.Checkpoint, BundlePath.Checkpoint);
        report.FirstFault!.Detail.ShouldContain("forked");
    }

    [Theory]
    [InlineData(BundlePath.Policy, BundleCheck.Policy)]
    [InlineData(BundlePath.GoNoGo, BundleCheck.GoNoGo)]
    [InlineData(BundlePath.VerificationSummary, BundleCheck.DerivedFiles)]
    [InlineData(BundlePath.Evidence, BundleCheck.DerivedFiles)]
    [InlineData("sign-offs/03-technical-engineering-manager-emil.dsse.json", BundleCheck.DerivedFiles)]
    [InlineData("sign-offs/03-technical-engineering-manager-emil.statement.json", BundleCheck.DerivedFiles)]
    [InlineData("sign-offs/03-technical-engineering-manager-emil.pae", BundleCheck.DerivedFiles)]
    [InlineData("sign-offs/03-technical-engineering-manager-emil.sig", BundleCheck.DerivedFiles)]
    public void A_file_that_even_the_log_signed_must_be_what_the_events_say(string path, BundleCheck check)
    {
        var changed = TestBundle.Of(TestLedger.Signed().Decide());
        changed.Files[path][^1] ^= 1;
        ShouldFail(Verify(changed), check, path);

        var missing = TestBundle.Of(TestLedger.Signed().Decide());
        missing.Files.Remove(path);
        ShouldFail(Verify(missing), check, path);
    }

    [Fact]
    public void A_key_file_that_is_not_the_signers_is_refused()
    {
        var bundle = TestBundle.Of(TestLedger.Signed());
        var key = bundle.Files.Keys.First(path => path.StartsWith(BundlePath.KeyFolder, StringComparison.Ordinal));
        bundle.Files[key] = System.Text.Encoding.ASCII.GetBytes(TestKeys.Of("somebody else").PublicKey.ExportSpkiPem() + "\n");
        ShouldFail(Verify(bundle), BundleCheck.DerivedFiles, key);
    }

    [Theory]
    [InlineData("sign-offs/07-final-cto-carla.sig")]
    [InlineData("keys/0000000000000000000000000000000000000000000000000000000000000000.pem")]
    [InlineData("notes.txt")]
    public void A_file_that_nothing_leads_to_is_refused(string path)
    {
        var bundle = TestBundle.Of(TestLedger.Signed());
        bundle.Files[path] = [1];
        ShouldFail(Verify(bundle), BundleCheck.DerivedFiles, path);
    }

    [Fact]
    public void Stored_reports_may_come_with_the_bundle()
    {
        var bundle = TestBundle.Of(TestLedger.Signed());
        bundle.Files[BundlePath.EvidenceOf(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(TestBundle.Report)))] = TestBundle.Report;
        var report = Verify(bundle);
        report.FirstFault.ShouldBeNull();
        report.Steps.Single(step => step.Name == BundleCheck.Evidence).Outcome.ShouldBe(CheckOutcome.Passed);
    }

    [Fact]
    public void A_stored_report_is_one_that_the_events_rest_on()
    {
        var bundle = TestBundle.Of(TestLedger.Signed());
        var path = BundlePath.EvidenceOf(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("another"u8)));
        bundle.Files[path] = "another"u8.ToArray();
        ShouldFail(Verify(bundle), BundleCheck.Evidence, path);
    }

    [Fact]
    public void An_event_that_was_left_out_is_missed()
    {
        var sound = TestBundle.Of(TestLedger.Signed());
        var count = sound.Files[BundlePath.Events].Count(each => each == '\n');
        for (var line = 0; line < count; line++)
        {
            var bundle = TestBundle.Of(TestLedger.Signed());
            Drop(bundle, BundlePath.Events, line);
            Drop(bundle, BundlePath.Proofs, line);
            var fault = Verify(bundle).FirstFault.ShouldNotBeNull($"line {line + 1}");
            fault.Name.ShouldBeOneOf(BundleCheck.Streams, BundleCheck.GoNoGo, BundleCheck.SignOffs);
        }
    }

    [Fact]
    public void An_event_of_another_log_is_not_in_the_tree()
    {
        var bundle = TestBundle.Of(TestLedger.Signed());
        var other = TestBundle.Of(TestLedger.Signed(5).SignOff(5, Domain.SignOffs.SignOffChoice.Reject));
        bundle.Files[BundlePath.Events] = other.Files[BundlePath.Events];
        ShouldFail(Verify(bundle), BundleCheck.Inclusion, BundlePath.Events);
    }

    [Fact]
    public void An_older_checkpoint_of_the_log_does_not_cover_what_came_after()
    {
        var ledger = TestLedger.Signed();
        var bundle = TestBundle.Of(ledger);
        bundle.Files[BundlePath.Checkpoint] = ledger.Log.Checkpoint(ledger.Log.Events.Count - 1);
        ShouldFail(Verify(bundle), BundleCheck.Inclusion, BundlePath.Events);
    }

    [Fact]
    public void A_decision_that_does_not_rest_on_the_events_is_found()
    {
        var ledger = TestLedger.Signed(3);
        var standing = ReleaseJudge.Judge(ledger.State, ledger.Policy, ledger.Now);
        ledger.Forge(
            new ReleaseEvent.DecisionMade(Verdict.Go, ledger.Policy.Reference, new Domain.SignOffs.GoNoGoSeen(Verdict.Go, ledger.Now, GoNoGoDigest.Of(standing)), [ledger.State.Facts.OpenedBy]),
            TestLedger.Manager);
        var report = Verify(TestBundle.Of(ledger));
        ShouldFail(report, BundleCheck.GoNoGo, BundlePath.Events);
        report.FirstFault!.Detail.ShouldContain("does not rest on");
    }

    [Theory]
    [InlineData("release other/1.0.0")]
    [InlineData("release ../../etc")]
    [InlineData("period now then *")]
    [InlineData("something")]
    public void A_bundle_is_about_what_its_manifest_says(string subject)
    {
        var bundle = TestBundle.Of(TestLedger.Signed());
        bundle.Subject = subject;
        Verify(bundle).Valid.ShouldBeFalse();
    }

    [Fact]
    public void A_bundle_of_nothing_is_refused()
    {
        foreach (var bytes in new byte[][] { [], [0], new byte[22], new byte[100_000] }) ShouldFail(BundleVerifier.Verify(new MemoryStream(bytes)), BundleCheck.Container, null);
    }

    [Fact]
    public void Every_step_is_told_even_those_not_reached()
    {
        var bundle = TestBundle.Of(TestLedger.Signed());
        bundle.Files[BundlePath.Policy] = [];
        var report = Verify(bundle);
        report.Steps.Select(step => step.Name).Distinct().Count().ShouldBe(report.Steps.Count);
        report.Steps.SkipWhile(step => step.Name != BundleCheck.Policy).Skip(1).ShouldAllBe(step => step.Outcome == CheckOutcome.NotEvaluated);
    }

    private static void Drop(TestBundle bundle, string path, int line)
    {
        var lines = System.Text.Encoding.UTF8.GetString(bundle.Files[path]).Split('\n').ToList();
        lines.RemoveAt(line);
        bundle.Files[path] = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static BundleReport Verify(TestBundle bundle) => BundleVerifier.Verify(new MemoryStream(bundle.Write()));

    private static void ShouldFail(BundleReport report, BundleCheck check, string? file)
    {
        report.Valid.ShouldBeFalse();
        (report.FirstFault!.Name, report.FirstFault.File).ShouldBe((check, file), report.FirstFault.Detail);
    }
}
