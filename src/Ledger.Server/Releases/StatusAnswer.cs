using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Store.Log;
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
    PlanAnswer Plan)
{
    public static StatusAnswer Of(ReleaseView view, IReadOnlyList<StoredEvent> events)
    {
        var opened = view.State.Opened;
        var standing = view.Standing();
        return new StatusAnswer(
            view.Release.ToString(), opened.Commit, opened.Tag, opened.Artifacts, opened.Environment, opened.Policy, opened.Window, opened.DecideBy, opened.Summary,
            opened.Risk, view.State.Facts.OpenedAt, view.State.Facts.Closed, standing.Verdict, standing.At, standing.Last, standing.Reasons, standing.Gates, standing.Conditions,
            standing.SignOff, standing.Decision, standing.Deployment,
            events.Select(stored => stored.Recorded<LedgerEvent>().Event).OfType<ReleaseEvent.DecisionMade>().LastOrDefault()?.Reason,
            events.Select(stored => stored.Recorded<LedgerEvent>().Event).OfType<ReleaseEvent.Closed>().LastOrDefault()?.Reason,
            PlanAnswer.Of(view.Policy.Policy));
    }

    /// <summary>The events that say in words why the release was decided on, and why it was closed.</summary>
    public static IReadOnlyCollection<long> Worded(ReleaseView view) =>
        [.. new[] { view.State.Facts.Decision?.Event.Sequence, view.State.Facts.ClosedBy?.Sequence }.OfType<long>()];
}
