using System.Globalization;
using Ledger.Domain.FollowUps;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Exports.Releases;
using Ledger.Integrity.Notes;

namespace Ledger.Exports.Pdf;

/// <summary>
/// The sign-off record of a release, for people: who signed what, when, and what it means (21 CFR 11.50); gates, waivers, and everything that
/// happened. Pure: the same dossier gives the same bytes.
/// </summary>
internal static class SignOffRecord
{
    /// <param name="dossier">The release.</param>
    /// <param name="tree">The checkpoint that the bundle is held against.</param>
    public static byte[] Write(ReleaseDossier dossier, Checkpoint tree)
    {
        var sheet = new Sheet();
        sheet.Title("Release sign-off record", dossier.Release.ToString());
        sheet.Facts(Facts(dossier));
        SignOffs(sheet, dossier);
        Gates(sheet, dossier);
        Waivers(sheet, dossier);
        Superseded(sheet, dossier);
        RolloutRecord.Write(sheet, dossier, dossier.Rollout);
        Timeline(sheet, dossier);
        sheet.Footers(
            $"release {dossier.Release}  ·  ledger {dossier.Origin}", string.Create(CultureInfo.InvariantCulture, $"checkpoint of {tree.Size} leaves, root {tree.Root}"));
        return PdfFile.Write($"Release sign-off record: {dossier.Release}", dossier.State.LastAt, sheet.Pages);
    }

    private static IEnumerable<(string, CellText[])> Facts(ReleaseDossier dossier)
    {
        var opened = dossier.State.Opened;
        yield return ("In short", [CellText.Plain(ReleaseStory.Of(dossier.State, dossier.History.Select(each => each.Recorded<ReleaseEvent>()).ToDictionary(each => each.Sequence)))]);
        if (opened.Summary is { } summary) yield return ("Summary", [CellText.Plain(summary)]);
        yield return ("Environment", [CellText.Plain(opened.Environment)]);
        yield return ("Commit", [CellText.Digest(opened.Commit), .. opened.Tag is { } tag ? [CellText.Minor($"tag {tag}")] : Array.Empty<CellText>()]);
        yield return ("Artifacts", [.. opened.Artifacts.SelectMany(artifact => new[] { CellText.Plain(artifact.Name), CellText.Digest(artifact.Digest.ToString()) })]);
        yield return ("Policy", [CellText.Plain($"{dossier.Policy.Policy.Title} ({opened.Policy.Name}, version {opened.Policy.Version})"), CellText.Digest(opened.Policy.Digest.ToString())]);
        yield return ("Opened", [CellText.Plain($"{Utc(dossier.State.Facts.OpenedAt)} by {dossier.State.Facts.Opener}")]);
        if (opened.Window is { } window) yield return ("Maintenance window", [CellText.Plain($"{Utc(window.Start)} to {Utc(window.End)}")]);
        if (opened.DecideBy is { } decideBy) yield return ("Decide by", [CellText.Plain(Utc(decideBy))]);
        yield return ("Go/no-go", [CellText.Strong(Verdicts.Name(dossier.Standing.Verdict)), CellText.Minor($"as of {Utc(dossier.Standing.At)}"), .. dossier.Standing.Reasons.Select(Why)]);
        yield return ("Decision", Decision(dossier));
        if (RolloutSummary.Of(dossier.Rollout) is { } rollout) yield return ("Rollout", [CellText.Plain(rollout)]);
        if (FollowUps(dossier) is { } followUps) yield return ("Follow-ups", [CellText.Plain(followUps)]);
        yield return ("Outcome", [CellText.Plain(dossier.Closed is { } closed ? $"{EventSummary.Of(closed.Event)} ({Utc(closed.At)}, {closed.Actor.Id})" : "not closed")]);
    }

    // What was done is in the timeline; what is open is nowhere else.
    private static string? FollowUps(ReleaseDossier dossier)
    {
        var all = FollowUpStanding.Of(dossier.State, dossier.Policy.Policy, dossier.State.LastAt);
        var open = all.Where(standing => standing.Recorded is null).Select(standing => standing.FollowUp.Title).ToList();
        return all.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{all.Count - open.Count} of {all.Count} recorded{(open.Count == 0 ? "" : $"; open: {string.Join("; ", open)}")}");
    }

    private static CellText Why(Reason reason) => CellText.Plain($"{(reason.Subject is null ? "" : $"{reason.Subject}: ")}{reason.Message} ({reason.Rule})");

    private static CellText[] Decision(ReleaseDossier dossier)
    {
        if (dossier.Decision is not { Event: ReleaseEvent.DecisionMade made } decision) return [CellText.Plain("none was recorded")];
        return
        [
            CellText.Strong($"{Verdicts.Name(made.Verdict)}, recorded {Utc(decision.At)} by {decision.Actor.Id}"),
            .. made.Reason is { } reason ? [CellText.Plain(reason)] : Array.Empty<CellText>(),
            .. made.Emergency is { } emergency ? [CellText.Plain($"Emergency: {emergency.Reason}. Approvals owed by {Utc(emergency.ApproveBy)}.")] : Array.Empty<CellText>(),
            CellText.Minor($"rests on {made.Inputs.Count} events; go/no-go digest:"),
            CellText.Digest(made.GoNoGo.Digest.ToString()),
        ];
    }

    private static void SignOffs(Sheet sheet, ReleaseDossier dossier)
    {
        sheet.Heading("Sign-offs");
        if (dossier.Now is { } chain)
            sheet.Note($"The chain is {EventSummary.Name(chain.State)}. Stages: {string.Join("; ", chain.Stages.Select(stage => $"{stage.Title}, {stage.SignOffs.Count(signOff => signOff.Decision == SignOffChoice.Approve)} of {stage.Quorum} approvals"))}.");
        else sheet.Note("The policy asks for no sign-offs.");
        sheet.Space(4);
        if (dossier.SignOffs.Count == 0) return;
        sheet.Table(
            [new("No.", 26), new("Printed name, role", 112), new("Signed (UTC), decision", 98), new("Meaning", 126), new("Key and statement", Sheet.TextWidth - 362)],
            [.. dossier.SignOffs.Select(signOff => Row(signOff, dossier))]);
        sheet.Note("Times are the ledger's, when it took the signature, and beneath each the signer's own clock.");
        if (dossier.SignOffs.Any(signOff => PdfFont.Spell(signOff.SignedOff.Name + signOff.SignedOff.Meaning).Contains("[U+", StringComparison.Ordinal)))
            sheet.Note("Letters that the fonts of this document lack are written as [U+XXXX]; the exact text is in sign-offs/*.statement.json.");
    }

    private static CellText[][] Row(ExportedSignOff signOff, ReleaseDossier dossier)
    {
        var signed = signOff.SignedOff;
        return
        [
            [CellText.Plain(signOff.Number.ToString(CultureInfo.InvariantCulture))],
            [CellText.Strong(signed.Name), CellText.Plain(RoleOf(signed, dossier)), CellText.Minor($"{signed.Signer}, stage {signed.Stage}")],
            [CellText.Plain(Time(signOff.Event.At)), CellText.Strong(EventSummary.Name(signed.Decision)), CellText.Minor(StateOf(signOff, dossier)), CellText.Minor($"own clock: {Time(signOff.Predicate.Time)}")],
            [CellText.Plain(signed.Meaning)],
            [CellText.Minor($"key, {signOff.Key?.Algorithm ?? "not enrolled"}"), CellText.Digest(signed.Key.Hex), CellText.Minor("statement, SHA-256"), CellText.Digest(signed.Statement.Hex)],
        ];
    }

    private static string RoleOf(ReleaseEvent.SignedOff signed, ReleaseDossier dossier) =>
        dossier.Policy.Policy.Roles.FirstOrDefault(role => role.Name == signed.Role)?.Title ?? signed.Role;

    private static string StateOf(ExportedSignOff signOff, ReleaseDossier dossier)
    {
        if (dossier.Now is not { } chain) return "the policy asks for none";
        if (chain.Past.FirstOrDefault(past => past.SignOff.Event == signOff.Event.Reference) is not { } past) return "counts";
        return past.SignOff.Withdrawn is { } withdrawn
            ? $"withdrawn by event {withdrawn.Sequence}"
            : $"stale: event {past.Stale!.Sequence} changed a gate";
    }

    private static void Gates(Sheet sheet, ReleaseDossier dossier)
    {
        sheet.Heading("Gates");
        sheet.Note($"As of {Utc(dossier.Standing.At)}. Events are numbered by their place in the log.");
        sheet.Space(4);
        sheet.Table(
            [new("Gate", 190), new("Outcome", 90), new("Required", 54), new("Rests on", Sheet.TextWidth - 334)],
            [.. dossier.Standing.Gates.Select(gate => new CellText[][]
            {
                [CellText.Plain(gate.Title), CellText.Minor(gate.Name)],
                [CellText.Strong(EventSummary.Name(gate.Outcome)), .. gate.Waiver is { } waiver ? [CellText.Minor($"by {waiver.Owner}, until {Time(waiver.Until)}")] : Array.Empty<CellText>()],
                [CellText.Plain(gate.Required ? "yes" : "no")],
                [CellText.Plain(gate.Events.Count == 0 ? "nothing came in" : $"event {string.Join(", ", gate.Events.Select(each => each.Sequence))}")],
            })]);
        if (dossier.Standing.Conditions.Count == 0) return;
        sheet.Space(6);
        sheet.Table(
            [new("NO-GO condition", 190), new("Found", 144), new("Rests on", Sheet.TextWidth - 334)],
            [.. dossier.Standing.Conditions.Select(condition => new CellText[][]
            {
                [CellText.Plain(condition.Title), CellText.Minor(condition.Name)],
                [CellText.Strong(EventSummary.Name(condition.Outcome))],
                [CellText.Plain(condition.Events.Count == 0 ? "nothing came in" : $"event {string.Join(", ", condition.Events.Select(each => each.Sequence))}")],
            })]);
    }

    private static void Waivers(Sheet sheet, ReleaseDossier dossier)
    {
        var waivers = dossier.Of<ReleaseEvent.GateWaived>().ToList();
        if (waivers.Count == 0) return;
        sheet.Heading("Waivers");
        sheet.Table(
            [new("Gate", 90), new("Answers for it", 110), new("Reason", 120), new("Compensating control", 100), new("Until (UTC)", Sheet.TextWidth - 420)],
            [.. waivers.Select(waiver => new CellText[][]
            {
                [CellText.Plain(waiver.Event.Gate), CellText.Minor($"event {waiver.At.Sequence}")], [CellText.Plain(waiver.Event.Owner), CellText.Minor($"given by {waiver.At.Actor.Id}")],
                [CellText.Plain(waiver.Event.Reason)], [CellText.Plain(waiver.Event.Control)], [CellText.Plain(Time(waiver.Event.Until))],
            })]);
    }

    private static void Superseded(Sheet sheet, ReleaseDossier dossier)
    {
        var superseded = SupersededReds.Of(dossier.History).ToList();
        if (superseded.Count == 0) return;
        sheet.Heading("Red results that were superseded");
        sheet.Table(
            [new("Gate", 120), new("Red", 60), new("Superseded by", 80), new("Reason given", Sheet.TextWidth - 260)],
            [.. superseded.Select(red => new CellText[][]
            {
                [CellText.Plain(red.Gate)], [CellText.Plain($"event {red.Red}")], [CellText.Plain($"event {red.By}")], [CellText.Plain(red.Reason)],
            })]);
    }

    private static void Timeline(Sheet sheet, ReleaseDossier dossier)
    {
        sheet.Heading("Timeline");
        sheet.Table(
            [new("Event", 40), new("Time (UTC)", 98), new("By", 96), new("What happened", Sheet.TextWidth - 234)],
            [.. dossier.History.Select(each => new CellText[][]
            {
                [CellText.Plain(each.Sequence.ToString(CultureInfo.InvariantCulture))], [CellText.Plain(Time(each.At))],
                [CellText.Plain(each.Actor.Id), CellText.Minor(Domain.Actors.Roles.Name(each.Actor.Role))], [CellText.Plain(EventSummary.Of(each.Event))],
            })]);
    }

    private static string Utc(DateTimeOffset time) => $"{Time(time)} UTC";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
