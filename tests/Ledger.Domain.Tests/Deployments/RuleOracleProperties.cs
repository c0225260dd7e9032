using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Tests.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Deployments;

/// <summary>
/// Whole rollouts against <see cref="RuleOracle"/>: measurements late, early, out of order, twice, repeated with another value, several in a
/// command, with silences between them, from sources whose clocks differ; steps that begin in between; baselines that change; and a node that
/// starts again at any time, which knows what rows hold and nothing else.
/// </summary>
public class RuleOracleProperties
{
    private static readonly string[] Steps = ["first", "second", "third", "fourth"];

    private static readonly PublishedPolicy Policy = TestPolicy.Publish(Rollout.Policy.Policy with
    {
        Analyses =
        [
            Rollout.Policy.Policy.Analyses[0] with { FailureLimit = 6, OnFailure = AnalysisFailure.Rollback },
            Rollout.Policy.Policy.Analyses[1] with { FailureLimit = 100, ConsecutiveFailureLimit = 4, OnFailure = AnalysisFailure.Rollback },
        ],
        Deployment = new DeploymentPlan(DeploymentStrategy.Canary, null,
        [
            Rollout.Step(Steps[0], "10%", null, null, "errors", "latency"),
            Rollout.Step(Steps[1], "20%", null, 4, "errors"),
            Rollout.Step(Steps[2], "40%", null, null, "errors", "latency"),
            Rollout.Step(Steps[3], "100%", null, null, "latency"),
        ]),
    });

    private sealed record Act(string Metric, int Wait, int Back, bool? Bad, int Size, string Source, int More, int Kind);

    private static readonly Gen<Act[]> Acts =
        from acts in (
            from metric in Gen.Elements("error_rate", "p95", "p95", "redis.failures", "burn")
            from wait in Gen.Frequency((8, Gen.Choose(0, 45)), (1, Gen.Choose(100, 200)))
            from back in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Choose(1, 90)), (1, Gen.Choose(300, 900)))
            from bad in Gen.Frequency((5, Gen.Constant<bool?>(true)), (2, Gen.Constant<bool?>(false)), (1, Gen.Constant<bool?>(null)))
            from size in Gen.Choose(0, 3)
            from source in Gen.Elements("prometheus", "prometheus", "fast", "early")
            from more in Gen.Choose(1, 4)
            from kind in Gen.Choose(0, 29)
            select new Act(metric, wait, back, bad, size, source, more, kind)).ListOf()
        select acts.ToArray();

    [Fact]
    public void Rules_come_to_what_every_measurement_of_the_release_comes_to() =>
        Prop.ForAll(Arb.From(Acts), acts =>
        {
            var rollout = Rollout.Started(Policy);
            rollout.Story.RemembersSamples = true;
            var oracle = new RuleOracle(rollout.State.Terms!, rollout.Start);
            var (now, step) = (0, 0);
            var explained = 0;
            foreach (var act in acts)
            {
                now += act.Wait;
                switch (act.Kind)
                {
                    // Steps are begun in the cluster: no rule that has fired, and no analysis, keeps them from it.
                    case 0 or 1 when step < Steps.Length:
                        now += 61;
                        if (step > 0) Run(rollout, now, new DeploymentCommand.CompleteStep(Story.Release, Steps[step - 1], rollout.Seen(now)));
                        Run(rollout, now, new DeploymentCommand.StartStep(Story.Release, Steps[step], rollout.Seen(now)));
                        oracle.Begin(Steps[step++], rollout.Second(now));
                        break;
                    case 2:
                        var baseline = rollout.Sample("burn", -1 - act.Back, act.Bad is null ? null : 0.02 * (1 + act.Size), act.Source) with { Timing = SampleTiming.Baseline };
                        Run(rollout, now, Rollout.Measures(baseline)).ShouldBe(oracle.Baseline(baseline));
                        break;
                    default:
                        Sample[] samples = [.. Enumerable.Range(0, act.More).Select(i => Measured(rollout, act, now, i))];
                        var timings = samples.Select(sample => oracle.TimingOf(sample, rollout.Second(now))).ToList();
                        var version = rollout.Story.State!.Last.Version + 1;
                        var accepted = Run(rollout, now, Rollout.Measures(samples));
                        (oracle.Add(samples, version, rollout.Second(now)) > 0).ShouldBe(accepted);
                        if (accepted)
                        {
                            var recorded = (DeploymentEvent.Measured)rollout.Story.Events.Last(each => each.Event is DeploymentEvent.Measured).Event;
                            foreach (var sample in recorded.Measurements) sample.Timing.ShouldBe(timings[Array.FindIndex(samples, each => SampleIdentity.Of(each) == SampleIdentity.Of(sample))]);
                        }

                        break;
                }

                rollout.Fired.Order(StringComparer.Ordinal).ShouldBe(oracle.Fired.Order(StringComparer.Ordinal));
                foreach (var happened in rollout.Story.Events.Skip(explained).Select(recorded => recorded.Event).OfType<RollbackEvent.Triggered>()) oracle.Explain(happened);
                explained = rollout.Story.Events.Count;
            }

            var awaited = new AwaitedTriggers();
            ReleaseState? state = null;
            foreach (var recorded in rollout.Story.Events)
            {
                awaited.Follow(recorded.Event, state, recorded.Version).ShouldBeNull();
                state = ReleaseFold.Evolve(state, recorded);
            }

            awaited.End().ShouldBeNull();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    // What a node decides that has just read the release from its rows is what one decides that has followed it.
    private static bool Run(Rollout rollout, int second, DeploymentCommand command)
    {
        var deployment = rollout.State;
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(deployment, DomainJson.Default.DeploymentState), DomainJson.Default.DeploymentState)! with { Terms = deployment.Terms };
        var context = rollout.Story.At(rollout.Second(second)).ContextOf(command, Role.Ci);
        var restarted = ReleaseDecider.Decide(command, rollout.Story.State! with { Deployment = read }, context);
        var decided = ReleaseDecider.Decide(command, rollout.Story.State, context);
        Text(restarted).ShouldBe(Text(decided));
        if (decided is Decision.Refused refused)
        {
            refused.Refusal.Code.ShouldBe("measurements_repeated");
            return false;
        }

        rollout.Do(second, command);
        return true;
    }

    private static string Text(Decision decision) => decision switch
    {
        Decision.Refused refused => refused.Refusal.Code,
        Decision.Accepted accepted => string.Join('\n', accepted.Events.Select(happened => System.Text.Encoding.UTF8.GetString(EventText.Bytes(happened)))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // One clock is half a minute fast, and another more than is borne.
    private static Sample Measured(Rollout rollout, Act act, int now, int i)
    {
        var taken = now - act.Back - (5 * i) + act.Source switch { "fast" => 30.25, "early" => 75.5, _ => 0 };
        double? value = act.Bad switch
        {
            null => null,
            false => 0,
            true => act.Metric switch { "error_rate" => 0.005, "p95" => 151 + act.Size, "redis.failures" => 1 + act.Size, _ => 0.03 + (0.02 * act.Size) },
        };
        return rollout.Sample(act.Metric, taken, value, act.Source);
    }
}
