using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.FollowUps;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.SignOffs;
using Ledger.Store;
using Ledger.Store.Releases;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;

namespace Ledger.Server.Releases;

/// <summary>A release and its go/no-go.</summary>
/// <param name="Release">Its name, <c>service/version</c>.</param>
/// <param name="Commit">What it is built from.</param>
/// <param name="Tag">The tag of the source.</param>
/// <param name="Artifacts">What is deployed, by digest.</param>
/// <param name="Environment">Where it goes.</param>
/// <param name="Policy">The policy it pinned.</param>
/// <param name="Window">The maintenance window.</param>
/// <param name="DecideBy">When the go/no-go must have been taken.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="Risk">How risky it is held to be.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Closed">How it ended, if it has.</param>
/// <param name="Verdict">May it go?</param>
/// <param name="At">The time it is judged at.</param>
/// <param name="Last">The newest event that was looked at.</param>
/// <param name="Reasons">Why it is not GO; empty exactly when it is.</param>
/// <param name="Gates">How each gate stands.</param>
/// <param name="Conditions">How each NO-GO condition stands.</param>
/// <param name="SignOff">How far its sign-off chain is; absent where the policy asks for none.</param>
/// <param name="Decision">The newest recorded decision; absent where there is none.</param>
/// <param name="Deployment">How far it is on its way to its users; absent where nothing was heard of that.</param>
/// <param name="DecidedBecause">Why it was decided so, in words; absent where nobody said.</param>
/// <param name="ClosedBecause">Why it was closed; absent while it is open.</param>
/// <param name="Plan">What its policy plans.</param>
/// <param name="State">How far its story is.</param>
/// <param name="Story">What happened to it, in one sentence.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="ClosedBy">Who closed it.</param>
/// <param name="Fired">The rules that fired, with the measurements that they rest on.</param>
/// <param name="FollowUps">What the policy has done afterwards, and what became of it.</param>
internal sealed record StatusAnswer(
    string Release,
    string Commit,
    string? Tag,
    IReadOnlyList<Artifact> Artifacts,
    string Environment,
    PolicyReference Policy,
    MaintenanceWindow? Window,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? DecideBy,
    string? Summary,
    Risk? Risk,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset OpenedAt,
    CloseOutcome? Closed,
    Verdict Verdict,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    EventReference Last,
    IReadOnlyList<Reason> Reasons,
    IReadOnlyList<GateStanding> Gates,
    IReadOnlyList<ConditionStanding> Conditions,
    SignOffStanding? SignOff,
    DecisionState? Decision,
    DeploymentStanding? Deployment,
    string? DecidedBecause,
    string? ClosedBecause,
    PlanAnswer Plan,
    ReleaseProgress State,
    string Story,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? ClosedAt,
    string? ClosedBy,
    IReadOnlyList<FiredRule> Fired,
    IReadOnlyList<FollowUpAnswer> FollowUps)
{
    /// <summary>The release as it stands, with what only its events tell.</summary>
    public static async Task<StatusAnswer> ReadAsync(ReleaseView view, LedgerStore store, CancellationToken cancellation)
    {
        var (facts, deployment) = (view.State.Facts, view.State.Deployment ?? DeploymentState.None);
        IEnumerable<EventReference> telling = [.. ReleaseStory.References(view.State), .. (facts.FollowUps ?? []).Select(followUp => followUp.Event)];
        var events = (await store.Events.FindAsync([.. telling.Select(reference => reference.Sequence).Distinct()], cancellation)).ToDictionary(stored => stored.Sequence);
        var recorded = events.ToDictionary(each => each.Key, each => each.Value.Recorded<ReleaseEvent>());
        var fired = deployment.Triggers.Select(trigger => events[trigger.Event.Sequence]).ToList();
        var stream = view.Release.StreamKey;
        var measured = (await store.Events.FindAtAsync(
            [.. fired.SelectMany(each => each.Recorded<RollbackEvent.Triggered>().Event.Measurements).Distinct().Select(version => (stream, version))], cancellation)).ToDictionary(stored => stored.Version);

        var (opened, standing) = (view.State.Opened, view.Standing());
        var closed = facts.ClosedBy is { } reference ? recorded[reference.Sequence] : null;
        return new StatusAnswer(
            view.Release.ToString(), opened.Commit, opened.Tag, opened.Artifacts, opened.Environment, opened.Policy, opened.Window, opened.DecideBy, opened.Summary,
            opened.Risk, facts.OpenedAt, facts.Closed, standing.Verdict, standing.At, standing.Last, standing.Reasons, standing.Gates, standing.Conditions,
            standing.SignOff, standing.Decision, standing.Deployment,
            facts.Decision is { } decision ? ((ReleaseEvent.DecisionMade)recorded[decision.Event.Sequence].Event).Reason : null,
            ((ReleaseEvent.Closed?)closed?.Event)?.Reason, PlanAnswer.Of(view.Policy.Policy), ReleaseProgresses.Of(view.State), ReleaseStory.Of(view.State, recorded), closed?.At, closed?.Actor.Id,
            [.. fired.Select(each => FiredRule.Of(each, deployment, measured))],
            [.. FollowUpStanding.Of(view.State, view.Policy.Policy, view.At).Select(followUp => FollowUpAnswer.Of(followUp, events))]);
    }
}
