using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Integrity.Bundles;
using Ledger.Verifier.Bundles;
using Ledger.Verifier.Tests.Support;

namespace Ledger.Verifier.Tests.Bundles;

/// <summary>
/// A bundle's verifier takes nobody's word for a rollback either: whoever has the log's key may seal what they like, and a trigger still has to
/// be what the measurements come to, under the policy's terms.
/// </summary>
public class DeploymentBundleTests
{
    private const int Measurements = 7; // the rule fires at more than 5 within 5 minutes, and one comes each minute

    private static readonly Policy Policy = TestPolicy.Document with
    {
        SignOff = [],
        Deployment = new DeploymentPlan(DeploymentStrategy.Canary, null, [new DeploymentStep("canary", "Canary", Of("10%"), Of("5min"), [], null, null, null, [], []), new DeploymentStep("full", "Full", Of("100%"), null, [], null, null, null, [], [])]),
        Rollback = new RollbackPlan([new RollbackRule.Occurrences("redis", "Redis", "redis.failures", 5, Of("5min"))], Of("5min"), null, Of("2min"), []),
        Monitoring = new MonitoringPlan([new ObservedMetric("redis.failures", "Redis failures", [])], [], [], [], null),
    };

    private static readonly IReadOnlyList<ReleaseEvent> Honest = Deployed();

    [Fact]
    public void A_deployment_whose_rollback_was_triggered_is_valid()
    {
        Honest.OfType<RollbackEvent.Triggered>().Count().ShouldBe(1);
        var report = Verify(happened => [happened]);
        report.FirstFault.ShouldBeNull();
        report.Steps.Single(step => step.Name == BundleCheck.Deployments).Outcome.ShouldBe(CheckOutcome.Passed);
    }

    [Fact]
    public void A_trigger_that_was_changed_is_found() =>
        ShouldFail(Verify(happened => happened is RollbackEvent.Triggered fired ? [fired with { Count = fired.Count + 1 }] : [happened]), "the trigger is not what the measurements before it come to");

    [Fact]
    public void A_trigger_that_is_there_twice_is_found() =>
        ShouldFail(Verify(happened => happened is RollbackEvent.Triggered ? [happened, happened] : [happened]), "the trigger is not what the measurements before it come to");

    [Fact]
    public void A_trigger_that_no_measurement_comes_to_is_found() =>
        ShouldFail(Verify(happened => happened is DeploymentEvent.Measured ? [] : [happened]), "the trigger is not what the measurements before it come to");

    [Fact]
    public void A_trigger_that_was_left_out_is_found() =>
        ShouldFail(Verify(happened => happened is RollbackEvent.Triggered ? [] : [happened]), "no trigger follows them");

    [Fact]
    public void A_trigger_that_was_left_out_at_the_end_is_found()
    {
        var last = Honest.TakeWhile(happened => happened is not RollbackEvent.Triggered).Last();
        var reached = false;
        ShouldFail(
            Verify(happened =>
            {
                if (reached) return [];
                reached = ReferenceEquals(happened, last);
                return [happened];
            }),
            "no trigger follows them");
    }

    [Fact]
    public void A_deployment_under_gentler_rules_than_the_policys_is_found() =>
        ShouldFail(
            Verify(happened => happened is DeploymentEvent.Started started ? [started with { Terms = started.Terms with { Rules = [] } }] : []),
            "under other terms than the policy's");

    private static List<ReleaseEvent> Deployed()
    {
        var ledger = Decided();
        var before = ledger.Log.Stream(TestLedger.Release.StreamKey).Count;
        ledger.Do(new DeploymentCommand.Start(TestLedger.Release, ledger.State.Opened.Commit, []), TestLedger.Manager).Do(new DeploymentCommand.StartStep(TestLedger.Release, "canary"), TestLedger.Manager);
        for (var i = 0; i < Measurements; i++)
            ledger.Do(new DeploymentCommand.Measure(TestLedger.Release, [new Sample("redis.failures", ledger.Now, "prometheus", Unit.Count, 2)]), TestLedger.Ci);
        return [.. ledger.Log.Stream(TestLedger.Release.StreamKey).Skip(before).Select(logged => (ReleaseEvent)logged.Open())];
    }

    private static TestLedger Decided() => TestLedger.Ready(Policy).Decide();

    // What was deployed honestly, with something else in some places: sealed and signed all the same.
    private static BundleReport Verify(Func<ReleaseEvent, IReadOnlyList<ReleaseEvent>> written)
    {
        var ledger = Decided();
        foreach (var forged in Honest.SelectMany(written)) ledger.Forge(forged, TestLedger.Ci);
        return BundleVerifier.Verify(new MemoryStream(TestBundle.Of(ledger).Write()));
    }

    private static void ShouldFail(BundleReport report, string detail)
    {
        (report.FirstFault?.Name, report.FirstFault?.File).ShouldBe((BundleCheck.Deployments, BundlePath.Events), report.FirstFault?.Detail);
        report.FirstFault!.Detail.ShouldContain(detail);
        report.FirstFault.Where.ShouldNotBeNull();
    }

    private static Quantity Of(string text) => Quantity.TryParse(text, out var quantity) ? quantity : throw new ArgumentException(text, nameof(text));
}
