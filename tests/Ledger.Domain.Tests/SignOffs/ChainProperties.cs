using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>What holds for every chain, whatever is signed, withdrawn, changed or decided in it.</summary>
public class ChainProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(60);

    // What is reached is a matter of luck; the same luck every time.
    private static readonly Config Repeatable = Thorough.WithReplay(2026, 131);

    [Fact]
    public void Every_accepted_event_folds_and_a_refusal_changes_nothing() => ForAll((story, _, decision, before) =>
    {
        if (decision is Decision.Refused) story.Events.Count.ShouldBe(before);
        else story.Events.Count.ShouldBeInRange(before, before + 1);
    });

    [Fact]
    public void No_GO_is_recorded_and_none_is_shown_without_a_complete_and_fresh_chain_but_on_an_emergencys_credit() => ForAll((story, _, decision, _) =>
    {
        var events = story.Events;
        if (decision is Decision.Accepted { Events: [ReleaseEvent.DecisionMade { Verdict: Verdict.Go } made] })
        {
            (made.Emergency is null).ShouldBe(IsComplete(events));
            made.Inputs.ShouldBeSubsetOf(events.SkipLast(1).Select(recorded => new EventReference(recorded.Sequence, recorded.Version)));
        }

        var standing = story.Standing();
        if (standing.Verdict != Verdict.Go) return;
        standing.Reasons.ShouldBeEmpty();
        if (standing.Decision is { Verdict: Verdict.Go, ApproveBy: { } approveBy }) (IsComplete(events) || standing.At <= approveBy).ShouldBeTrue();
        else IsComplete(events).ShouldBeTrue();
    });

    [Fact]
    public void The_chains_state_is_what_the_events_come_to() => ForAll((story, _, _, _) =>
        (Chain.Standing(story).State == ChainState.Complete).ShouldBe(IsComplete(story.Events)));

    [Fact]
    public void Every_sign_off_links_to_the_one_before_it() => ForAll((story, _, decision, _) =>
    {
        if (decision is not Decision.Accepted { Events: [ReleaseEvent.SignedOff signed] }) return;
        var earlier = story.Events.SkipLast(1).Select(recorded => recorded.Event).OfType<ReleaseEvent.SignedOff>().ToList();
        signed.Previous.ShouldBe(earlier.LastOrDefault()?.Statement);
        earlier.ShouldNotContain(other => other.Statement == signed.Statement);
    });

    [Fact]
    public void A_replay_of_what_is_stored_is_the_state_that_was_folded_on_the_way() =>
        Prop.ForAll(RandomChains.Any, moves =>
        {
            var story = Told(moves, (_, _, _, _) => { });
            ReleaseState? replayed = null;
            foreach (var recorded in story.Events)
                replayed = ReleaseFold.Evolve(replayed, recorded with { Event = (ReleaseEvent)EventJson.Read(recorded.Event.Type, EventText.Bytes(recorded.Event)) });
            FactsText(replayed!).ShouldBe(FactsText(story.State!));
            foreach (var at in new[] { story.Now, story.Now.AddDays(9) })
                Story.DigestOf(ReleaseJudge.Judge(replayed!, story.Policy, at)).ShouldBe(Story.DigestOf(story.Standing(at)));

            foreach (var id in story.People.Ids)
            {
                SignerState? signer = null;
                foreach (var recorded in story.People.Stream(id))
                    signer = SignerState.Evolve(signer, recorded with { Event = (SignerEvent)EventJson.Read(recorded.Event.Type, EventText.Bytes(recorded.Event)) });
                signer!.Keys.ShouldBe(story.People[id]!.Keys);
                signer.Roles.ShouldBe(story.People[id]!.Roles);
                signer.Last.ShouldBe(story.People[id]!.Last);
            }
        }).Check(Thorough);

    [Fact]
    public void The_chains_do_reach_every_state_every_decision_and_the_refusals()
    {
        var seen = new HashSet<string>();
        ForAll((story, _, decision, _) =>
        {
            seen.Add(Chain.Standing(story).State.ToString());
            if (decision is Decision.Refused refused) seen.Add(refused.Refusal.Code);
            if (decision is Decision.Accepted { Events: [ReleaseEvent.DecisionMade made] }) seen.Add($"{made.Verdict} {made.Emergency is not null}");
            seen.UnionWith(story.Standing().Reasons.Select(reason => reason.Code));
        }, Repeatable);
        string[] expected =
        [
            "Complete", "Incomplete", "Stale", "Rejected", "Go False", "Go True", "NoGo False", "sign_off_stale", "sign_off_rejected", "decided_no_go", "emergency_approval_overdue",
            "out_of_order", "already_signed", "previous_mismatch", "release_rejected", "key_revoked", "key_unknown", "not_your_sign_off", "sign_offs_stale", "sign_offs_incomplete", "not_go", "already_decided",
        ];
        expected.ShouldBeSubsetOf(seen);
    }

    // The oracle, from the events alone: in each stage enough fresh approvals that stand, begun after the stage before had its own; and no role whose last word is no.
    private static bool IsComplete(IReadOnlyList<Recorded<ReleaseEvent>> events)
    {
        var withdrawn = events.Select(recorded => recorded.Event).OfType<ReleaseEvent.SignOffWithdrawn>().Select(taken => taken.Statement).ToHashSet();
        var changed = events.Last(recorded => recorded.Event is ReleaseEvent.GateReported or ReleaseEvent.GateAttested or ReleaseEvent.GateWaived).Version;
        var standing = events.Where(recorded => recorded.Event is ReleaseEvent.SignedOff signed && !withdrawn.Contains(signed.Statement))
            .Select(recorded => (recorded.Version, Signed: (ReleaseEvent.SignedOff)recorded.Event)).ToList();

        var reached = changed;
        foreach (var stage in RandomChains.Policy.SignOff)
        {
            var approved = standing.Where(each => each.Signed.Stage == stage.Name && each.Signed.Decision == SignOffChoice.Approve && each.Version > changed).ToList();
            if (approved.Count < stage.Quorum) return false;
            approved.ShouldAllBe(each => each.Version > reached, "a stage is signed after the one before it");
            approved.Select(each => each.Signed.Role).ShouldBeUnique();
            approved.Select(each => each.Signed.Role).ShouldBeSubsetOf(stage.Roles);
            reached = approved[stage.Quorum - 1].Version;
        }

        return standing.GroupBy(each => each.Signed.Role).All(words => words.Last().Signed.Decision == SignOffChoice.Approve);
    }

    private static void ForAll(Action<Story, Move, Decision, int> property, Config? config = null) =>
        Prop.ForAll(RandomChains.Any, moves => { Told(moves, property); }).Check(config ?? Thorough);

    private static Story Told(Move[] moves, Action<Story, Move, Decision, int> eachTime)
    {
        var story = Chain.Ready(RandomChains.Policy);
        foreach (var move in moves)
        {
            story.At(story.Now + move.After);
            var before = story.Events.Count;
            var command = move.Command(story);
            var decision = command is SignerCommand signer ? story.People.Try(signer, story.Now) : story.Try((ReleaseCommand)command, move.Role, move.Actor);
            if (decision is Decision.Accepted)
            {
                if (command is SignerCommand accepted) story.Do(accepted);
                else story.Do((ReleaseCommand)command, move.Role, move.Actor);
            }

            eachTime(story, move, decision, before);
        }

        return story;
    }

    private static string FactsText(ReleaseState state) => $"{state.Last} {JsonSerializer.Serialize(state.Facts, DomainJson.Default.ReleaseFacts)}";
}
