using System.Collections.Immutable;
using System.Diagnostics;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.FollowUps;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Releases;

/// <summary>Folds a release's events into its state. No event is skipped: one that cannot follow is a broken stream, and throws.</summary>
public static class ReleaseFold
{
    /// <summary>The state after <paramref name="recorded"/>.</summary>
    /// <param name="state">The state before; null before the first event.</param>
    /// <param name="recorded">The next event of the stream.</param>
    /// <exception cref="InvalidOperationException">The event cannot follow that state.</exception>
    public static ReleaseState Evolve(ReleaseState? state, Recorded<ReleaseEvent> recorded)
    {
        var reference = new EventReference(recorded.Sequence, recorded.Version);
        if (recorded.Version != (state?.Last.Version ?? 0) + 1 || recorded.Sequence <= (state?.Last.Sequence ?? 0))
            throw new InvalidOperationException($"version {recorded.Version} at sequence {recorded.Sequence} does not follow version {state?.Last.Version ?? 0} at sequence {state?.Last.Sequence ?? 0}");

        if (state is null)
        {
            return recorded.Event is ReleaseEvent.Opened opened
                ? new ReleaseState(
                    new ReleaseFacts(opened, reference, recorded.At, recorded.Actor.Id, [], []), ImmutableSortedDictionary.Create<string, GateState>(StringComparer.Ordinal), reference, recorded.At)
                : throw new InvalidOperationException($"'{recorded.Event.Type}' at sequence {recorded.Sequence} comes before the release was opened");
        }

        if (state.Facts.Closed is not null && recorded.Event is not FollowUpEvent)
            throw new InvalidOperationException($"'{recorded.Event.Type}' at sequence {recorded.Sequence} comes after the release was closed");

        var next = recorded.Event switch
        {
            ReleaseEvent.Opened => throw new InvalidOperationException($"the release is opened a second time at sequence {recorded.Sequence}"),
            ReleaseEvent.GateReported reported => With(ReportedBy(state, recorded.Actor.Id), reported.Gate, gate => Reported(gate, reported, reference)),
            ReleaseEvent.GateAttested attested => With(ReportedBy(state, recorded.Actor.Id), attested.Gate, gate => Attested(gate, attested, reference, recorded.Actor.Id)),
            ReleaseEvent.GateWaived waived => With(state, waived.Gate, gate => gate with { Waiver = new WaiverState(reference, waived.Owner, waived.Until) }),
            ReleaseEvent.SignedOff signed => state with { Facts = state.Facts with { SignOffs = state.Facts.SignOffs.Add(SignedOff(signed, reference, recorded.At)) } },
            ReleaseEvent.SignOffWithdrawn withdrawn => state with { Facts = state.Facts with { SignOffs = Withdrawn(state.Facts.SignOffs, withdrawn, reference) } },
            ReleaseEvent.DecisionMade { Verdict: Verdict.Pending } => throw new InvalidOperationException($"what was decided at sequence {recorded.Sequence} is neither GO nor NO_GO"),
            ReleaseEvent.DecisionMade made => state with
            {
                Facts = state.Facts with { Decision = new DecisionState(reference, made.Verdict, recorded.At, recorded.Actor.Id, made.Emergency?.ApproveBy) },
            },
            DeploymentEvent deployed => state with { Deployment = DeploymentFold.Evolve(Deployment(state), deployed, reference, recorded.At) },
            RollbackEvent rolledBack => state with { Deployment = RollbackFold.Evolve(Deployment(state), rolledBack, reference, recorded.At) },
            WatchEvent watched => state with { Deployment = WatchFold.Evolve(Deployment(state), watched, reference) },
            DeadlineEvent.Passed passed => state with { Deployment = DeadlineFold.Evolve(Deployment(state), passed, reference) },
            FollowUpEvent followedUp => state with { Facts = FollowUpFold.Evolve(state.Facts, followedUp, reference, recorded.At, recorded.Actor.Id) },
            ExternalEvent.Kept => state, // evidence: it decides nothing
            ReleaseEvent.Closed closed => state with { Facts = state.Facts with { Closed = closed.Outcome, ClosedBy = reference } },
            _ => throw new UnreachableException(),
        };
        return next with { Last = reference, LastAt = recorded.At };
    }

    private static DeploymentState Deployment(ReleaseState state) => state.Deployment ?? DeploymentState.None;

    private static ReleaseState ReportedBy(ReleaseState state, string subject)
    {
        var place = state.Facts.Reporters.BinarySearch(subject, StringComparer.Ordinal);
        return place >= 0 ? state : state with { Facts = state.Facts with { Reporters = state.Facts.Reporters.Insert(~place, subject) } };
    }

    private static SignOffState SignedOff(ReleaseEvent.SignedOff signed, EventReference reference, DateTimeOffset at) =>
        new(reference, signed.Stage, signed.Role, signed.Signer, signed.Name, signed.Decision, signed.Statement, at);

    private static ImmutableArray<SignOffState> Withdrawn(ImmutableArray<SignOffState> signOffs, ReleaseEvent.SignOffWithdrawn withdrawn, EventReference reference) =>
        signOffs.FirstOrDefault(signOff => signOff.Statement == withdrawn.Statement && signOff.Withdrawn is null) is { } standing
            ? signOffs.Replace(standing, standing with { Withdrawn = reference })
            : throw new InvalidOperationException($"no sign-off stands that is withdrawn at sequence {reference.Sequence}");

    private static ReleaseState With(ReleaseState state, string gate, Func<GateState, GateState> change) =>
        state with { Gates = state.Gates.SetItem(gate, change(state.Gate(gate))) };

    private static GateState Reported(GateState gate, ReleaseEvent.GateReported reported, EventReference reference) =>
        gate with
        {
            Reports = gate.Reports.SetItem(reported.Tool, new ReportState(
                reference,
                reported.Outcome,
                [.. reported.Results.Select(Reading)],
                [.. reported.Conditions.Select(condition => Reading(condition.Result))],
                reported.NotEvaluatedBecause,
                Explained(reported.Supersedes) ?? gate.Reports.GetValueOrDefault(reported.Tool)?.Supersedes)),
        };

    private static GateState Attested(GateState gate, ReleaseEvent.GateAttested attested, EventReference reference, string by)
    {
        var attestations = gate.Attestations.ToBuilder();
        foreach (var check in attested.Checks.DefaultIfEmpty(string.Empty))
        {
            attestations[check] = new AttestationState(
                reference, attested.Met, by, Explained(attested.Supersedes) ?? attestations.GetValueOrDefault(check)?.Supersedes);
        }

        return gate with { Attestations = attestations.ToImmutable() };
    }

    // What a reason was given for stays to be seen when the next report needs none.
    private static Supersedes? Explained(Supersedes? supersedes) => supersedes?.Reason is null ? null : supersedes;

    private static CriterionReading Reading(CriterionResult result) => new(result.Outcome, result.Value);
}
