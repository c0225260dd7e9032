using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Exports.Releases;

namespace Ledger.Exports.Controls.Demands;

/// <summary>What has to be known of approvals and the decision.</summary>
internal static class ApprovalDemands
{
    public static Demand Approved { get; } = new("The change was approved by those whose approval it needs.", each => each.Dossier.Now switch
    {
        null => Finding.NotShown("the policy asks for no sign-offs", each.Dossier.Published),
        { State: ChainState.Complete } => Finding.Shown("signed_off: every stage has its quorum, over the release as it is", Counting(each)),
        { State: ChainState.Rejected } => Finding.NotShown("the release was rejected", Counting(each)),
        { State: ChainState.Stale } => Finding.NotShown("a gate changed after the release was signed", each.Dossier.SignOffs.Select(signOff => signOff.Event)),
        _ => Finding.NotShown("approvals are missing", Counting(each)),
    });

    public static Demand Decided { get; } = new("The change was authorised: a decision is on record, with everything that it rests on.", each => each.Dossier.Decision switch
    {
        { Event: ReleaseEvent.DecisionMade { Verdict: Verdict.Go } made } at => Finding.Shown($"decision_made: verdict GO, policy, {made.Inputs.Count} inputs", [at], "vsa.json", "go-no-go.json"),
        { } at => Finding.NotShown("NO_GO was recorded", at),
        null => Finding.NotShown("no decision was recorded"),
    });

    public static Demand BeforeTheDecision { get; } = new("Approvals came before the change was let go, in the order of the stages.", each =>
    {
        if (each.Dossier.Now is null) return Finding.NotShown("the policy asks for no sign-offs", each.Dossier.Published);
        if (each.Dossier.Decision is not { Event: ReleaseEvent.DecisionMade { Verdict: Verdict.Go } made } decision) return Finding.NotApplicable("GO was not recorded");
        ExportedEvent[] inOrder = [.. Counting(each), decision];
        if (made.Emergency is not null) return Finding.NotShown("GO was recorded ahead of its approvals: an emergency", inOrder);
        if (each.Dossier.Now.State != ChainState.Complete) return Finding.NotShown("the chain is not complete", inOrder);
        return Counting(each).All(signOff => signOff.Sequence < decision.Sequence)
            ? Finding.Shown("every signed_off stands before decision_made in the log, stage after stage", inOrder)
            : Finding.NotShown("a sign-off came after the decision", inOrder);
    });

    public static Demand Authorised { get; } = new("Those who approved were authorised to.", each => each.Dossier.SignOffs.Count == 0
        ? Finding.NotShown("nobody signed")
        : Finding.Shown(
            "policy_published: roles and who may hold them; signer_enrolled, signer_changed: who had which role; signed_off: the role signed in",
            [each.Dossier.Published, .. each.Dossier.SignerEvents.Where(signer => signer.Type is "signer_enrolled" or "signer_changed"), .. each.Dossier.SignOffs.Select(signOff => signOff.Event)]));

    public static Demand Emergency { get; } = new("An emergency change was approved afterwards, by its deadline.", each =>
    {
        var emergencies = each.Dossier.Of<ReleaseEvent.DecisionMade>().Where(made => made.Event.Emergency is not null).ToList();
        if (emergencies.Count == 0) return Finding.NotApplicable("it was not an emergency");
        var (at, made) = emergencies[^1];
        ExportedEvent[] events = [at, .. Counting(each)];
        var by = UtcTimeJsonConverter.ToText(made.Emergency!.ApproveBy);
        if (each.Dossier.Now is not { State: ChainState.Complete })
        {
            return each.Dossier.State.LastAt > made.Emergency.ApproveBy
                ? Finding.NotShown($"approvals were owed by {by}, and are not complete", events)
                : Finding.NotEvaluated($"approvals are owed by {by}; up to the release's last event they were not complete", events);
        }

        return Counting(each).All(signOff => signOff.At <= made.Emergency.ApproveBy)
            ? Finding.Shown($"decision_made: emergency, with its reason; every signed_off came by {by}", events)
            : Finding.NotShown($"approvals were owed by {by}; one came later", events);
    });

    private static IEnumerable<ExportedEvent> Counting(ControlCase each) =>
        (each.Dossier.Now?.Stages ?? []).SelectMany(stage => stage.SignOffs).Select(signOff => signOff.Event).OrderBy(reference => reference.Sequence).Select(each.Dossier.At);
}
