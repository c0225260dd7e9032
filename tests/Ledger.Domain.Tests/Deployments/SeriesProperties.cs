using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.Deployments;

/// <summary>
/// The rules over a bounded state, held against rules that are computed from every measurement that counts, sorted, each time from the first:
/// measurements arrive late, twice, out of order and not at all.
/// </summary>
public class SeriesProperties
{
    private static readonly PublishedPolicy Policy = TestPolicy.Publish(Rollout.Policy.Policy with
    {
        Deployment = new DeploymentPlan(DeploymentStrategy.Canary, null, [Rollout.Step("canary", "10%", "5min", null, "errors", "latency"), Rollout.Step("full", "100%", null, null)]),
    });

    private sealed record Arrival(string Metric, int Taken, double? Value, string Source);

    // Taken up to half a minute before or after the one that arrived before it, mostly bad in stretches.
    private static readonly Gen<Arrival[]> Arrivals =
        from steps in (
            from metric in Gen.Elements("error_rate", "p95", "redis.failures", "burn")
            from step in Gen.Frequency((8, Gen.Choose(5, 60)), (3, Gen.Choose(-90, 0)), (1, Gen.Choose(120, 200)))
            from bad in Gen.Frequency((3, Gen.Constant<bool?>(true)), (2, Gen.Constant<bool?>(false)), (1, Gen.Constant<bool?>(null)))
            from size in Gen.Choose(0, 3)
            from source in Gen.Elements("prometheus", "prometheus", "datadog")
            select (metric, step, bad, size, source)).ListOf()
        select ToArrivals(steps);

    [Fact]
    public void What_a_bounded_state_comes_to_is_what_all_measurements_come_to() =>
        Prop.ForAll(Arb.From(Arrivals), arrivals =>
        {
            var rollout = Rollout.Decided(Policy);
            rollout.Do(0, Rollout.Measures(rollout.Sample("burn", -60, 0.04) with { Timing = SampleTiming.Baseline })).Do(0, Rollout.Begin()).Do(0, new DeploymentCommand.StartStep(Story.Release, "canary"));
            var naive = new NaiveRules(rollout);
            var now = 0;
            foreach (var arrival in arrivals)
            {
                now = Math.Max(now, arrival.Taken);
                var sample = rollout.Sample(arrival.Metric, arrival.Taken, arrival.Value, arrival.Source);
                if (rollout.Story.At(rollout.Second(now)).Try(Rollout.Measures(sample)) is Decision.Refused refused)
                {
                    refused.Refusal.Code.ShouldBe("measurements_repeated");
                    naive.Knows(sample).ShouldBeTrue();
                    continue;
                }

                rollout.Do(now, Rollout.Measures(sample));
                var measured = rollout.Story.Events.Select(recorded => recorded.Event).OfType<DeploymentEvent.Measured>().Last().Measurements.Single();
                if (measured.Timing is null) naive.Add(sample);
                rollout.Fired.Order(StringComparer.Ordinal).ShouldBe(naive.Fired.Order(StringComparer.Ordinal));
                rollout.State.Series.Values.ShouldAllBe(series => series.Recent.Length <= SeriesState.RecentAtMost);
            }

            foreach (var (name, metric, limit) in new[] { ("errors", "error_rate", 0.005), ("latency", "p95", 150.0) })
            {
                var (_, tally) = StepAnalysis.TallyOf(rollout.State, name, rollout.Start);
                (tally.Measured, tally.Failed, tally.Inconclusive, tally.WorstInARow, tally.CoveredSince).ShouldBe(naive.Tally(metric, limit));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void The_state_reads_back_from_its_JSON_and_is_what_a_replay_comes_to() =>
        Prop.ForAll(Arb.From(Arrivals), arrivals =>
        {
            var rollout = Rollout.InCanary(Policy);
            foreach (var arrival in arrivals)
            {
                var command = Rollout.Measures(rollout.Sample(arrival.Metric, arrival.Taken, arrival.Value, arrival.Source));
                if (rollout.Story.At(rollout.Second(arrival.Taken)).Try(command) is Decision.Accepted) rollout.Story.Do(command);
            }

            var json = JsonSerializer.Serialize(rollout.State, DomainJson.Default.DeploymentState);
            JsonSerializer.Serialize(JsonSerializer.Deserialize(json, DomainJson.Default.DeploymentState)!, DomainJson.Default.DeploymentState).ShouldBe(json);
            var replayed = rollout.Story.Events.Aggregate((ReleaseState?)null, ReleaseFold.Evolve)!;
            JsonSerializer.Serialize(replayed.Deployment!, DomainJson.Default.DeploymentState).ShouldBe(json);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static Arrival[] ToArrivals(IEnumerable<(string Metric, int Step, bool? Bad, int Size, string Source)> steps)
    {
        var clock = 0;
        return [.. steps.Select(step =>
        {
            clock = Math.Max(0, clock + step.Step);
            double? value = step.Bad switch
            {
                null => null,
                false => 0,
                true => step.Metric switch { "error_rate" => 0.01, "p95" => 151 + step.Size, "redis.failures" => 1 + step.Size, _ => 0.03 + (0.02 * step.Size) },
            };
            return new Arrival(step.Metric, clock, value, step.Source);
        })];
    }

    /// <summary>The rules of <see cref="Rollout.Policy"/>, computed the slow way.</summary>
    private sealed class NaiveRules(Rollout rollout)
    {
        private readonly List<Sample> _counted = [];
        private readonly HashSet<string> _fired = [];

        public IReadOnlyCollection<string> Fired => _fired;

        public bool Knows(Sample sample) => _counted.Exists(known => known.Metric == sample.Metric && known.At == sample.At && known.Source == sample.Source);

        public void Add(Sample sample)
        {
            _counted.Add(sample);
            if (Sustained(Values("p95"))) _fired.Add("slow");
            if (InARow("error_rate", 0.005) >= 3 || InARow("p95", 150) >= 3) _fired.Add("in-a-row");
            var redis = Values("redis.failures");
            if (redis.Any(last => redis.Where(other => other.At <= last.At && other.At > last.At.AddMinutes(-5)).Sum(other => other.Value) > 5)) _fired.Add("redis");
            if (Values("burn").Any(value => value.Value > 0.08)) _fired.Add("burn");
        }

        public (int Measured, int Failed, int Inconclusive, int WorstInARow, DateTimeOffset CoveredSince) Tally(string metric, double limit)
        {
            var values = Values(metric);
            var (covered, last) = (rollout.Start, rollout.Start);
            foreach (var (at, _) in values)
            {
                if (at - last > TimeSpan.FromMinutes(2)) covered = at;
                last = at;
            }

            return (values.Count, values.Count(value => value.Value >= limit), _counted.Count(sample => sample.Metric == metric && sample.Value is null), InARow(metric, limit), covered);
        }

        private List<(DateTimeOffset At, double Value)> Values(string metric) =>
            [.. _counted.Where(sample => sample.Metric == metric && sample.Value is not null).OrderBy(sample => sample.At).ThenBy(sample => sample.Source, StringComparer.Ordinal).Select(sample => (sample.At, sample.Value!.Value))];

        private static bool Sustained(List<(DateTimeOffset At, double Value)> values)
        {
            for (var first = 0; first < values.Count; first++)
            {
                for (var last = first; last < values.Count && values[last].Value > 150 && (last == first || values[last].At - values[last - 1].At <= TimeSpan.FromMinutes(2)); last++)
                    if (values[last].At - values[first].At >= TimeSpan.FromMinutes(5)) return true;
            }

            return false;
        }

        private int InARow(string metric, double limit)
        {
            var (worst, run) = (0, 0);
            foreach (var (_, value) in Values(metric)) worst = Math.Max(worst, run = value >= limit ? run + 1 : 0);
            return worst;
        }
    }
}
