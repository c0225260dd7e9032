using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.FollowUps;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Exports.Releases;
using Ledger.Store.Log;

namespace Ledger.Exports.Periods;

/// <summary>
/// Folds a release's events into the row of the table of releases, one by one: its memory follows the policy and what a cell may hold, not the
/// length of the history.
/// </summary>
/// <param name="policy">The policy that the release pinned.</param>
internal sealed class ReleaseRow(PublishedPolicy policy)
{
    private readonly CellList _waivers = new();
    private readonly CellList _superseded = new();
    private readonly CellList _withdrawn = new();
    private readonly CellList _followUps = new();
    private ReleaseState? _state;
    private ReleaseStanding? _decided;
    private string? _decidedBy;
    private string? _closedBy;
    private DateTimeOffset? _closedAt;
    private string? _closeReason;
    private DecisionReason? _decision;
    private long _inPeriod;

    public static IReadOnlyList<string> Columns { get; } =
    [
        "release", "service", "version", "opened_at", "opened_by", "commit", "artifacts", "environment", "policy", "policy_version", "policy_digest", "summary", "risk",
        "go_no_go", "go_no_go_at", "decision", "decided_at", "decided_by", "decision_reason", "emergency_approvals_by", "sign_off_chain", "sign_offs", "sign_offs_past", "withdrawals",
        "waivers", "superseded_reds", "closed", "closed_at", "closed_by", "close_reason", "first_event", "last_event", "events", "events_in_period", "rollout", "rules_fired", "rolled_back_at", "deviations", "follow_ups_open", "follow_ups",
    ];

    /// <summary>Takes the next event.</summary>
    /// <exception cref="InvalidOperationException">It does not follow the one before it.</exception>
    public void Add(StoredEvent stored, PeriodLeaves leaves)
    {
        var recorded = stored.Recorded<ReleaseEvent>();
        switch (recorded.Event)
        {
            case ReleaseEvent.GateReported reported: AddSuperseded(recorded, reported.Gate, reported.Supersedes); break;
            case ReleaseEvent.GateAttested attested: AddSuperseded(recorded, attested.Gate, attested.Supersedes); break;
            case ReleaseEvent.GateWaived waived:
                _waivers.Add($"{waived.Gate}: {waived.Owner} until {UtcTimeJsonConverter.ToText(waived.Until)}; reason: {waived.Reason}; control: {waived.Control} (event {recorded.Sequence})");
                break;
            case ReleaseEvent.SignOffWithdrawn withdrawn: _withdrawn.Add($"{withdrawn.Signer}: {withdrawn.Reason} (event {recorded.Sequence})"); break;
            case FollowUpEvent.Recorded followUp:
                _followUps.Add($"{EventSummary.Of(followUp)}, {Time(recorded.At)} by {recorded.Actor.Id} (event {recorded.Sequence})");
                break;
            case ReleaseEvent.DecisionMade made:
                _decided = ReleaseJudge.Judge(_state!, policy, made.GoNoGo.At);
                (_decidedBy, _decision) = (recorded.Actor.Id, new DecisionReason(made.Reason, made.Emergency));
                break;
            case ReleaseEvent.Closed closed: (_closedBy, _closedAt, _closeReason) = (recorded.Actor.Id, recorded.At, closed.Reason); break;
        }

        _state = ReleaseFold.Evolve(_state, recorded);
        if (recorded.Sequence > leaves.First) _inPeriod++;
    }

    /// <summary>The cells, as <see cref="Columns"/>.</summary>
    public IReadOnlyList<string> Cells()
    {
        var state = _state!;
        var (opened, facts) = (state.Opened, state.Facts);
        var now = ReleaseJudge.Judge(state, policy, state.LastAt);
        var standing = _decided ?? now;
        var chain = SignOffJudge.Judge(state, policy.Policy);
        return
        [
            state.Id.ToString(), opened.Service, opened.Version, Time(facts.OpenedAt), facts.Opener, opened.Commit,
            CellList.Of(opened.Artifacts.Select(artifact => $"{artifact.Name}@{artifact.Digest}")), opened.Environment,
            opened.Policy.Name, Number(opened.Policy.Version), opened.Policy.Digest.ToString(), opened.Summary ?? "", opened.Risk?.ToString().ToLowerInvariant() ?? "",
            Verdicts.Name(standing.Verdict), Time(standing.At),
            facts.Decision is { } decision ? Verdicts.Name(decision.Verdict) : "", Time(facts.Decision?.At), _decidedBy ?? "", _decision?.Reason ?? "", _decision?.Emergency is { } emergency ? $"{Time(emergency.ApproveBy)}: {emergency.Reason}" : "",
            chain is null ? "none asked for" : EventSummary.Name(chain.State),
            CellList.Of((chain?.Stages.SelectMany(stage => stage.SignOffs) ?? []).OrderBy(signOff => signOff.Event.Sequence).Select(SignOff)),
            CellList.Of((chain?.Past ?? []).Select(past => $"{SignOff(past.SignOff)}, {(past.SignOff.Withdrawn is null ? "stale" : "withdrawn")}")), _withdrawn.ToString(),
            _waivers.ToString(), _superseded.ToString(),
            facts.Closed is { } closed ? CloseOutcomes.Name(closed) : "", Time(_closedAt), _closedBy ?? "", _closeReason ?? "",
            Number(facts.OpenedBy.Sequence), Number(state.Last.Sequence), Number(state.Last.Version), Number(_inPeriod),
            RolloutSummary.Of(now.Deployment) ?? "", CellList.Of((now.Deployment?.Triggers ?? []).Select(fired => $"{fired.Rule}: {fired.Found} (event {fired.Event.Sequence})")), Time(now.Deployment?.Rollback?.Completed?.At),
            CellList.Of((now.Deployment?.Deviations ?? []).Select(deviation => $"{deviation.Code}: {deviation.Message} ({deviation.Count} times, event {deviation.Event.Sequence})")),
            CellList.Of(FollowUpStanding.Of(state, policy.Policy, state.LastAt).Where(standing => standing.Recorded is null).Select(standing => standing.FollowUp.Name)), _followUps.ToString(),
        ];
    }

    private void AddSuperseded(Recorded<ReleaseEvent> recorded, string gate, Supersedes? supersedes)
    {
        if (supersedes?.Reason is { } reason) _superseded.Add($"{gate}: version {supersedes.Version} by event {recorded.Sequence}: {reason}");
    }

    private static string SignOff(SignOffState signOff) =>
        $"{signOff.Name} ({signOff.Signer}) as {signOff.Role}, stage {signOff.Stage}: {EventSummary.Name(signOff.Decision)} {Time(signOff.At)} (event {signOff.Event.Sequence}, statement {signOff.Statement})";

    private static string Time(DateTimeOffset? time) => time is { } known ? UtcTimeJsonConverter.ToText(known) : "";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record DecisionReason(string? Reason, Emergency? Emergency);
}
