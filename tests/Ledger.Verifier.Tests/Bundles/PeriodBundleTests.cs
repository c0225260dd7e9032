using System.Text;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Integrity.Bundles;
using Ledger.Verifier.Bundles;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Verifier.Tests.Bundles;

public class PeriodBundleTests
{
    // Two services, so that a period of one has leaves of the other in between.
    private static readonly TestLedger Ledger = TestLedger.Signed(3).OpenRelease(ReleaseId.TryCreate("till", "7")).Report(0.002).OpenRelease(ReleaseId.TryCreate("shop", "2.0.0")).Attest();

    private static DateTimeOffset At(int minute) => TestLedger.Start.AddMinutes(minute);

    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(4, 12)]
    [InlineData(10, 11)]
    [InlineData(-10, 5)]
    [InlineData(9, 1_000)]
    public void Every_event_of_a_period_is_shown_to_be_there(int from, int to)
    {
        var report = Verify(Period(from, to));
        report.FirstFault.ShouldBeNull();
        report.Population!.Events.ShouldBe(Ledger.Log.Events.Count(logged => logged.At >= At(from) && logged.At < At(to)));
        report.Steps.Single(step => step.Name == BundleCheck.Population).Outcome.ShouldBe(CheckOutcome.Passed);
    }

    [Theory]
    [InlineData(-20, -10)]
    [InlineData(1_000, 2_000)]
    public void A_period_in_which_nothing_happened_is_shown_to_be_empty(int from, int to)
    {
        var report = Verify(Period(from, to));
        report.FirstFault.ShouldBeNull();
        report.Population!.Events.ShouldBe(0);
    }

    [Fact]
    public void A_period_of_one_service_is_complete_where_the_others_are_shown()
    {
        var report = Verify(Period(0, 1_000, "shop"));
        report.FirstFault.ShouldBeNull();
        (report.Population!.Releases, report.Population.Complete).ShouldBe((2, true));
        report.Population.Others.ShouldBePositive();
        report.Steps.Single(step => step.Name == BundleCheck.Population).Outcome.ShouldBe(CheckOutcome.Passed);
    }

    [Fact]
    public void Where_the_others_are_hidden_completeness_is_not_evaluated_and_never_passed()
    {
        var report = Verify(Period(0, 1_000, "shop", hide: true));
        report.FirstFault.ShouldBeNull();
        var population = report.Steps.Single(step => step.Name == BundleCheck.Population);
        (population.Outcome, population.Required).ShouldBe((CheckOutcome.NotEvaluated, false));
        population.Detail.ShouldContain("not shown to be complete");
    }

    [Fact]
    public void A_bundle_that_claims_to_be_complete_must_show_it()
    {
        var bundle = Period(0, 1_000, "shop", hide: true);
        Replace(bundle, BundlePath.Population, "\"complete\":false", "\"complete\":true");
        ShouldFail(Verify(bundle), BundleCheck.Population, BundlePath.Population);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("others")]
    [InlineData("releases")]
    public void What_is_counted_is_what_is_there(string member)
    {
        var bundle = Period(0, 1_000);
        Replace(bundle, BundlePath.Population, $"\"{member}\":", $"\"{member}\":1");
        ShouldFail(Verify(bundle), BundleCheck.Population, BundlePath.Population);
    }

    [Fact]
    public void An_event_that_is_left_out_is_missed_wherever_it_is()
    {
        var lines = Encoding.UTF8.GetString(Period(0, 1_000).Files[BundlePath.Events]).Split('\n')[..^1];
        for (var left = 0; left < lines.Length; left++)
        {
            var bundle = Period(0, 1_000);
            bundle.Files[BundlePath.Events] = Encoding.UTF8.GetBytes(string.Concat(lines.Where((_, i) => i != left).Select(line => $"{line}\n")));
            ShouldFail(Verify(bundle), BundleCheck.Events, BundlePath.Events);
        }
    }

    [Fact]
    public void A_leaf_that_is_left_out_leads_to_another_tree()
    {
        var leaves = Period(0, 1_000).Files[BundlePath.Leaves];
        for (var left = 0; left < leaves.Length; left += 32)
        {
            var bundle = Period(0, 1_000);
            bundle.Files[BundlePath.Leaves] = [.. leaves[..left], .. leaves[(left + 32)..]];
            ShouldFail(Verify(bundle), BundleCheck.Range, BundlePath.Leaves);
        }
    }

    [Fact]
    public void A_period_does_not_end_before_it_does()
    {
        // The same leaves, said to be of a longer time: the neighbours belong to it then.
        var bundle = Period(5, 12);
        var longer = Period(4, 13);
        bundle.Subject = longer.Subject;
        Replace(bundle, BundlePath.Population, UtcTimeJsonConverter.ToText(At(5)), UtcTimeJsonConverter.ToText(At(4)));
        Replace(bundle, BundlePath.Population, UtcTimeJsonConverter.ToText(At(12)), UtcTimeJsonConverter.ToText(At(13)));
        ShouldFail(Verify(bundle), BundleCheck.Range, BundlePath.Range);
    }

    [Fact]
    public void An_event_of_the_service_cannot_be_passed_off_as_something_else()
    {
        var bundle = Period(0, 1_000, "shop", hide: true);
        var lines = Encoding.UTF8.GetString(bundle.Files[BundlePath.Events]).Split('\n')[..^1];
        var index = Ledger.Log.Events.Single(logged => logged.Stream == "release/shop/1.2.3" && logged.Version == 2).LeafIndex;
        bundle.Files[BundlePath.Events] = Encoding.UTF8.GetBytes(string.Concat(lines.Where(line => !line.Contains("\"stream\":\"release/shop/1.2.3\"") || !line.EndsWith("\"version\":2}", StringComparison.Ordinal)).Select(line => $"{line}\n")));
        var others = Encoding.UTF8.GetString(bundle.Files[BundlePath.Others]).Split('\n')[..^1].Append($"{{\"leafIndex\":{index},\"stream\":\"release/till/7\",\"type\":\"gate_reported\"}}");
        bundle.Files[BundlePath.Others] = Encoding.UTF8.GetBytes(string.Concat(others.OrderBy(line => long.Parse(line.Split(':', ',', '}')[1], null)).Select(line => $"{line}\n")));

        var report = Verify(bundle);
        ShouldFail(report, BundleCheck.Events, BundlePath.Events);
        report.FirstFault!.Detail.ShouldContain("does not follow");
    }

    [Fact]
    public void A_log_that_forked_within_the_period_is_caught_by_a_pinned_checkpoint_of_any_size()
    {
        var log = Ledger.Log;
        for (var size = 6; size <= log.Events.Count; size++)
        {
            var honest = new Integrity.Notes.Checkpoint(log.Origin, size, log.Root(size));
            var forked = new Integrity.Notes.Checkpoint(log.Origin, size, log.Root(size - 1));
            var bundle = Period(4, 1_000);
            BundleVerifier.Verify(new MemoryStream(bundle.Write()), new BundleTrust(bundle.LogKey, honest)).FirstFault.ShouldBeNull();
            BundleVerifier.Verify(new MemoryStream(bundle.Write()), new BundleTrust(bundle.LogKey, forked)).FirstFault!.Detail.ShouldContain("forked");
        }
    }

    [Theory]
    [InlineData(BundlePath.Population, "{}")]
    [InlineData(BundlePath.Population, "null")]
    [InlineData(BundlePath.Range, "{}")]
    [InlineData(BundlePath.Range, "[1]")]
    [InlineData(BundlePath.Range, """{"consistency":[null],"end":1,"first":0,"frontier":[]}""")]
    [InlineData(BundlePath.Events, "\n")]
    [InlineData(BundlePath.Events, "no line")]
    [InlineData(BundlePath.Others, "{}\n")]
    [InlineData(BundlePath.Others, "null\n")]
    [InlineData(BundlePath.Others, "{\"leafIndex\":3}\n")]
    public void Whatever_stands_in_a_file_the_answer_is_a_report(string path, string text)
    {
        var bundle = Period(0, 1_000, "shop");
        bundle.Files[path] = Encoding.UTF8.GetBytes(text);
        Verify(bundle).FirstFault!.File.ShouldBe(path);
    }

    private static TestBundle Period(int from, int to, string service = Population.EveryService, bool hide = false) => TestBundle.Of(Ledger.Log, At(from), At(to), service, hide);

    private static void Replace(TestBundle bundle, string path, string old, string replacement)
    {
        var text = Encoding.UTF8.GetString(bundle.Files[path]);
        text.ShouldContain(old);
        bundle.Files[path] = Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal));
    }

    private static BundleReport Verify(TestBundle bundle) => BundleVerifier.Verify(new MemoryStream(bundle.Write()));

    private static void ShouldFail(BundleReport report, BundleCheck check, string file)
    {
        report.Valid.ShouldBeFalse();
        (report.FirstFault!.Name, report.FirstFault.File).ShouldBe((check, file), report.FirstFault.Detail);
    }
}
