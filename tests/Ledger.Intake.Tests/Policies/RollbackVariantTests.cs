using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;

namespace Ledger.Intake.Tests.Policies;

/// <summary>The rollback triggers that the releases' documents name, each fired under its ready policy by measurements as the document has them.</summary>
public sealed class RollbackVariantTests
{
    [Fact]
    public void Cpt_ajan_goes_back_after_two_consecutive_analysis_failures()
    {
        var rollout = Rollout.Of("cpt-ajan").Step("canary");
        rollout.Measure("feedback.error_rate", 30, 0.001, Unit.Ratio).Measure("feedback.error_rate", 60, 0.006, Unit.Ratio);
        rollout.Fired.ShouldBeEmpty();
        rollout.Measure("feedback.error_rate", 90, 0.006, Unit.Ratio);
        rollout.Fired.ShouldBe(["analysis-failures", "canary"]);
        rollout.Trigger("analysis-failures").Text.ShouldBe("2 consecutive failures of an analysis");
        rollout.Trigger("analysis-failures").Measurements.Count.ShouldBe(2);
    }

    [Fact]
    public void Cpt_ajan_goes_back_after_ten_minutes_of_errors_when_everybody_has_it()
    {
        var rollout = Rollout.Of("cpt-ajan").Step("full");
        for (var second = 0; second < 600; second += 30) rollout.Measure("feedback.error_rate", second, 0.0051, Unit.Ratio);
        rollout.Fired.ShouldBeEmpty();
        rollout.Measure("feedback.error_rate", 600, 0.0051, Unit.Ratio);
        rollout.Fired.ShouldBe(["error-rate"]);
        rollout.Trigger("error-rate").Text.ShouldBe("feedback.error_rate > 0.5% for 10min");
        rollout.Trigger("error-rate").Count.ShouldBe(21);
    }

    [Fact]
    public void Cpt_ajan_goes_back_after_more_than_five_redis_failures_in_five_minutes()
    {
        var rollout = Rollout.Of("cpt-ajan").Step("canary");
        for (var second = 0; second < 150; second += 30) rollout.Measure("redis.connection_failures", second, 1, Unit.Count);
        rollout.Fired.ShouldBeEmpty();
        rollout.Measure("redis.connection_failures", 150, 1, Unit.Count);
        rollout.Fired.ShouldBe(["redis-failures"]);
    }

    [Fact]
    public void RecoveryOS_goes_back_when_its_budget_burns_at_more_than_twice_the_baseline()
    {
        var rollout = Rollout.Of("recoveryos").Baseline("error_budget.burn", 0.04).Step("initial");
        rollout.Measure("error_budget.burn", 60, 0.08, Unit.Ratio);
        rollout.Fired.ShouldBeEmpty();
        rollout.Measure("error_budget.burn", 120, 0.081, Unit.Ratio);
        rollout.Fired.ShouldBe(["budget-burn"]);
        rollout.Verdict.ShouldBe(Verdict.NoGo);
    }

    /// <summary>A rollout that its cluster reports: what the ledger had not decided is on record as deviations.</summary>
    private sealed class Rollout(PublishedPolicy policy)
    {
        private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        private static readonly ReleaseId Release = ReleaseId.TryCreate("service", "v1")!;
        private readonly List<Recorded<ReleaseEvent>> _events = [];
        private ReleaseState? _state;

        public IReadOnlyList<string> Fired => [.. _state!.Deployment!.Triggers.Select(trigger => trigger.Rule)];

        public Verdict Verdict => ReleaseJudge.Judge(_state!, policy, _state!.LastAt).Verdict;

        public static Rollout Of(string name)
        {
            var document = ReadyPolicyTests.Read(name).Policy with { Services = [] };
            var rollout = new Rollout(new PublishedPolicy(new PolicyReference(name, 1, Digest.Of(new byte[32])), document));
            rollout.Do(0, new ReleaseCommand.Open(Release, name, "98ee13c0aa11bb22cc33dd44ee55ff6677889900", [new Artifact("app", Digest.Of(new byte[32]))], "production"));
            rollout.Do(0, new DeploymentCommand.Start(Release, "98ee13c", [], Seen));
            return rollout;
        }

        public RollbackEvent.Triggered Trigger(string rule) => _events.Select(recorded => recorded.Event).OfType<RollbackEvent.Triggered>().Single(fired => fired.Rule == rule);

        public Rollout Step(string step) => Do(0, new DeploymentCommand.StartStep(Release, step, Seen));

        public Rollout Baseline(string metric, double value) =>
            Do(0, new DeploymentCommand.Measure(Release, [new Sample(metric, Start.AddHours(-1), "prometheus", Unit.Ratio, value, Timing: SampleTiming.Baseline)]));

        public Rollout Measure(string metric, double second, double value, Unit unit) =>
            Do(second, new DeploymentCommand.Measure(Release, [new Sample(metric, Start.AddSeconds(second), "prometheus", unit, value)]));

        private static Observation Seen => new(Start, "argo-rollouts/service");

        private Rollout Do(double second, ReleaseCommand command)
        {
            var (at, actor) = (Start.AddSeconds(second), new Actor("replay", Role.Admin));
            var decision = ReleaseDecider.Decide(command, _state, new DecisionContext(actor, at, policy));
            foreach (var happened in decision.ShouldBeOfType<Decision.Accepted>((decision as Decision.Refused)?.Refusal.Message).Events)
            {
                _events.Add(new Recorded<ReleaseEvent>(_events.Count + 1, _events.Count + 1, at, actor, (ReleaseEvent)happened));
                _state = ReleaseFold.Evolve(_state, _events[^1]);
            }

            return this;
        }
    }
}
