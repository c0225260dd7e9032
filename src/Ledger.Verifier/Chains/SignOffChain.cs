using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Verifier.Events;

namespace Ledger.Verifier.Chains;

/// <summary>
/// Verifies a release's sign-off chain from the events alone: the one function that server, command line and offline verifier ask. Pure and
/// thread-safe; whatever the events hold, the answer is a report.
/// </summary>
public static class SignOffChain
{
    /// <summary>What the chain comes to after the last event of the evidence.</summary>
    public static ChainReport Verify(ChainEvidence evidence)
    {
        if (ReleaseHistory.Read(evidence.Release, out var error) is not { } history) return Broken(evidence, "", "history_broken", error!);
        var release = history.State.Id.ToString();
        if (PinnedPolicy.Read(evidence.Policy, history.State.Opened.Policy, out error) is not { } policy) return Broken(evidence, release, "policy_differs", error!);
        var links = Untrusted.Read(() => Links(evidence, history, policy), out error);
        var standing = Untrusted.Read(() => SignOffJudge.Judge(history.State, policy.Policy), out var unjudged);
        if (links is null || unjudged is not null) return Broken(evidence, release, "history_broken", error ?? unjudged!);

        var (status, reason, detail) = Conclude(links, standing);
        return new ChainReport(
            release, evidence.Ledger, status, policy.Policy.SignOff.Count > 0,
            [.. (standing?.Stages ?? []).Select(stage => new StageReport(stage.Name, stage.Title, stage.Quorum, stage.Complete))], links, reason, detail);
    }

    private static List<LinkReport> Links(ChainEvidence evidence, ReleaseHistory history, PublishedPolicy policy)
    {
        var links = new List<LinkReport>();
        var signers = new SignerHistories(evidence.Signers);
        var change = history.State.LastGateChange?.Version ?? 0;
        for (var i = 1; i < history.Steps.Count; i++)
        {
            if (history.Steps[i] is not { Event: ReleaseEvent.SignedOff signed, Before: { } before, Logged: var logged }) continue;
            var withdrawn = history.State.Facts.SignOffs.First(signOff => signOff.Event.Version == logged.Version).Withdrawn;
            var state = withdrawn is not null ? LinkState.Withdrawn : logged.Version < change ? LinkState.Stale : LinkState.Counts;
            var checks = new LinkVerifier(evidence, policy, signers, logged, signed, before)
                .Verify(history.Steps[i - 1].Logged, change, withdrawn is null ? null : history.Steps[(int)withdrawn.Version - 1].Logged);
            links.Add(new LinkReport(
                logged.Sequence, logged.Version, signed.Stage, signed.Role, signed.Signer, signed.Name, signed.Decision, signed.Statement,
                logged.At, state, checks, signed.Previous));
        }

        return links;
    }

    private static (ChainStatus Status, string? Reason, string? Detail) Conclude(List<LinkReport> links, SignOffStanding? standing)
    {
        foreach (var link in links)
        {
            // Links that do not count any more are held to the same: a forged one is no better for being stale.
            foreach (var check in link.Checks)
            {
                if (check.Name == LinkCheck.Freshness || check.Outcome == CheckOutcome.Passed) continue;
                return (ChainStatus.Invalid, $"{Name(check.Name)}_{(check.Outcome == CheckOutcome.Failed ? "failed" : "not_evaluated")}", $"{link.Name}, {link.Stage}, sequence {link.Sequence}: {check.Detail}");
            }
        }

        if (standing is null) return (ChainStatus.Valid, null, null);
        var waiting = standing.Stages.FirstOrDefault(stage => !stage.Complete);
        return standing.State switch
        {
            ChainState.Complete => (ChainStatus.Valid, null, null),
            ChainState.Rejected => (ChainStatus.Incomplete, "rejected", Rejection(standing)),
            ChainState.Stale => (ChainStatus.Stale, "stale", $"a gate changed after '{waiting!.Title}' was signed"),
            _ => (ChainStatus.Incomplete, "missing", $"'{waiting!.Title}' has not its {waiting.Quorum} approvals"),
        };
    }

    // It may be of a state of the release that is past: a no stands until it is taken back, or its role signs again.
    private static string Rejection(SignOffStanding standing)
    {
        var rejection = standing.Stages.SelectMany(stage => stage.SignOffs).Concat(standing.Past.Select(past => past.SignOff))
            .First(signOff => signOff is { Decision: SignOffChoice.Reject, Withdrawn: null });
        return $"{rejection.Name} rejected the release as {rejection.Role}";
    }

    private static string Name(LinkCheck check) => check switch
    {
        LinkCheck.Signature => "signature",
        LinkCheck.KeyValidity => "key_validity",
        LinkCheck.Role => "role",
        LinkCheck.Order => "order",
        LinkCheck.PreviousLink => "previous_link",
        LinkCheck.Freshness => "freshness",
        LinkCheck.Inclusion => "inclusion",
        LinkCheck.Statement => "statement",
        LinkCheck.GoNoGo => "go_no_go",
        LinkCheck.SeparationOfDuties => "separation_of_duties",
        LinkCheck.Withdrawal => "withdrawal",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ChainReport Broken(ChainEvidence evidence, string release, string reason, string detail) =>
        new(release, evidence.Ledger, ChainStatus.Invalid, true, [], [], reason, detail);
}
