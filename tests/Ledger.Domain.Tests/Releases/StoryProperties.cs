using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Outcome = Ledger.Domain.Releases.Outcome;

namespace Ledger.Domain.Tests.Releases;

/// <summary>What holds for every story, whatever happens in it.</summary>
public class StoryProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(60);

    // What is reached is a matter of luck; the same luck every time.
    private static readonly Config Repeatable = Thorough.WithReplay(2026, 131);

    [Fact]
    public void Every_accepted_event_folds_and_a_refusal_appends_nothing() => ForAll(story =>
    {
        foreach (var moment in story.Moments)
        {
            if (moment.Decision is Decision.Accepted accepted) accepted.Events.Count.ShouldBe(1);
            else moment.After.ShouldBeSameAs(moment.Before);
        }
    });

    [Fact]
    public void Every_event_reads_back_to_itself() => ForAll(story =>
    {
        foreach (var recorded in story.Events)
        {
            var bytes = EventText.Bytes(recorded.Event);
            EventText.Bytes(EventJson.Read(recorded.Event.Type, bytes)).ShouldBe(bytes);
        }
    });

    [Fact]
    public void A_replay_of_what_is_stored_is_the_state_that_was_folded_on_the_way() => ForAll(story =>
    {
        ReleaseState? replayed = null;
        foreach (var recorded in story.Events) replayed = ReleaseFold.Evolve(replayed, recorded with { Event = (ReleaseEvent)EventJson.Read(recorded.Event.Type, EventText.Bytes(recorded.Event)) });
        if (replayed is null) return;

        StateText(replayed).ShouldBe(StateText(story.State!));
        foreach (var at in story.Moments.Select(moment => moment.At).Append(Story.Start.AddDays(9)))
            StandingText(replayed, at).ShouldBe(StandingText(story.State!, at));
    });

    [Fact]
    public void GO_means_that_everything_required_is_passed_or_waived_and_every_NO_GO_is_absent() => ForAll(story =>
    {
        foreach (var moment in story.Moments.Where(moment => moment.After is not null))
        {
            var standing = Judge(moment.After!, moment.At);
            if (standing.Verdict != Verdict.Go)
            {
                standing.Reasons.ShouldNotBeEmpty();
                continue;
            }

            standing.Reasons.ShouldBeEmpty();
            moment.After!.Facts.Closed.ShouldBeNull();
            standing.Gates.Where(gate => gate.Required).ShouldAllBe(gate => gate.Outcome == GateOutcome.Passed || gate.Outcome == GateOutcome.Waived);
            standing.Gates.Where(gate => gate.Required).Select(gate => gate.Name).ShouldBe(TestPolicy.Required, ignoreOrder: true);
            standing.Conditions.ShouldAllBe(condition => condition.Outcome == ConditionOutcome.Absent);
        }
    });

    // The oracle: red is counted from the events alone, demand by demand, and only a reason ends it.
    [Fact]
    public void Nothing_red_ends_without_a_reason_and_nothing_red_goes_unless_it_is_waived() => ForAll(story =>
    {
        var red = new HashSet<(string Gate, string Demand)>();
        foreach (var moment in story.Moments)
        {
            if (moment.Decision is Decision.Accepted accepted)
            {
                var (touched, now, reason) = Demands((ReleaseEvent)accepted.Events[0]);
                var ended = red.Where(demand => touched.Contains(demand) && !now.Contains(demand)).ToList();
                if (ended.Count > 0) reason.ShouldNotBeNullOrWhiteSpace();
                red.ExceptWith(ended);
                red.UnionWith(now);
            }

            if (moment.After is not { } state || Judge(state, moment.At) is not { Verdict: Verdict.Go } standing) continue;
            red.ShouldNotContain(demand => demand.Demand.StartsWith("condition ", StringComparison.Ordinal));
            foreach (var (gate, _) in red)
                standing.Gates.Single(each => each.Name == gate).ShouldSatisfyAllConditions(each => (each.Outcome == GateOutcome.Waived || !each.Required).ShouldBeTrue());
        }
    });

    [Fact]
    public void The_stories_do_reach_GO_NO_GO_and_waivers_and_refusals()
    {
        var seen = new HashSet<string>();
        ForAll(story =>
        {
            foreach (var moment in story.Moments)
            {
                if (moment.Decision is Decision.Refused refused) seen.Add(refused.Refusal.Code);
                if (moment.After is null) continue;
                var standing = Judge(moment.After, moment.At);
                seen.Add(standing.Verdict.ToString());
                seen.UnionWith(standing.Gates.Select(gate => gate.Outcome.ToString()));
                if (standing.Verdict == Verdict.Go && standing.Gates.Any(gate => gate is { Required: true, Outcome: GateOutcome.Waived })) seen.Add("GO by waiver");
            }
        }, Repeatable);
        string[] expected = ["Go", "NoGo", "Pending", "Waived", "Passed", "Failed", "NotEvaluated", "GO by waiver", "supersede_reason_missing", "role_not_allowed", "gate_not_waivable", "evidence_of_other_commit"];
        expected.ShouldBeSubsetOf(seen);
    }

    private static (HashSet<(string, string)> Touched, HashSet<(string, string)> Red, string? Reason) Demands(ReleaseEvent happened)
    {
        IEnumerable<(string Demand, bool Red)> demands = happened switch
        {
            ReleaseEvent.GateReported reported => reported.Results.Select((result, i) => ($"{reported.Tool} {i}", result.Outcome == Outcome.Failed))
                .Concat(reported.Conditions.Select((condition, i) => ($"condition {reported.Tool} {i}", condition.Result.Outcome == Outcome.Failed))),
            ReleaseEvent.GateAttested { Gate: "freeze" } attested => [("condition", !attested.Met)],
            ReleaseEvent.GateAttested attested => attested.Checks.DefaultIfEmpty("").Select(check => ($"check {check}", !attested.Met)),
            _ => [],
        };
        var (gate, supersedes) = happened switch
        {
            ReleaseEvent.GateReported reported => (reported.Gate, reported.Supersedes),
            ReleaseEvent.GateAttested attested => (attested.Gate, attested.Supersedes),
            _ => ("", null),
        };
        var all = demands.Select(demand => (Key: (gate, demand.Demand), demand.Red)).ToList();
        return ([.. all.Select(demand => demand.Key)], [.. all.Where(demand => demand.Red).Select(demand => demand.Key)], supersedes?.Reason);
    }

    private static void ForAll(Action<Told> property, Config? config = null) =>
        Prop.ForAll(RandomStories.Any, steps => property(Told.Of(steps))).Check(config ?? Thorough);

    private static ReleaseStanding Judge(ReleaseState state, DateTimeOffset at) => ReleaseJudge.Judge(state, TestPolicy.Published, at);

    private static string StandingText(ReleaseState state, DateTimeOffset at) => JsonSerializer.Serialize(Judge(state, at), DomainJson.Default.ReleaseStanding);

    private static string StateText(ReleaseState state) =>
        $"{state.Last} {state.LastAt:O} {JsonSerializer.Serialize(state.Facts, DomainJson.Default.ReleaseFacts)} "
        + string.Join('\n', state.Gates.Select(gate => $"{gate.Key} {JsonSerializer.Serialize(gate.Value, DomainJson.Default.GateState)}"));

    private sealed record Moment(ReleaseState? Before, Decision Decision, ReleaseState? After, DateTimeOffset At);

    /// <summary>A story as it went, moment by moment.</summary>
    private sealed record Told(IReadOnlyList<Moment> Moments, IReadOnlyList<Recorded<ReleaseEvent>> Events)
    {
        public ReleaseState? State => Moments.Count == 0 ? null : Moments[^1].After;

        public static Told Of(Step[] steps)
        {
            var (moments, events, at) = (new List<Moment>(), new List<Recorded<ReleaseEvent>>(), Story.Start);
            ReleaseState? state = null;
            foreach (var step in steps)
            {
                at += step.After;
                var (before, actor) = (state, new Actor("somebody", step.Role));
                var decision = ReleaseDecider.Decide(step.Command, state, new DecisionContext(actor, at, TestPolicy.Published));
                foreach (var happened in (decision as Decision.Accepted)?.Events ?? [])
                {
                    events.Add(new Recorded<ReleaseEvent>(events.Count + 1, events.Count + 1, at, actor, (ReleaseEvent)happened));
                    state = ReleaseFold.Evolve(state, events[^1]);
                }

                moments.Add(new Moment(before, decision, state, at));
            }

            return new Told(moments, events);
        }
    }
}
