using System.Globalization;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.GoNoGo;

/// <summary>Holds one gate of a policy against what is known of it.</summary>
internal static class GateJudge
{
    public static (GateStanding Standing, IReadOnlyList<Reason> Reasons) Judge(Gate gate, GateState state, DateTimeOffset at)
    {
        var reasons = new List<Reason>();
        var events = new SortedSet<EventReference>(Comparer<EventReference>.Create((a, b) => a.Sequence.CompareTo(b.Sequence)));
        var outcome = GateOutcome.Passed;

        foreach (var byTool in gate.Criteria.GroupBy(criterion => criterion.Tool, StringComparer.Ordinal))
        {
            if (!state.Reports.TryGetValue(byTool.Key, out var report))
            {
                outcome = Worse(outcome, GateOutcome.Pending);
                reasons.Add(new Reason("report_missing", Verdict.Pending, gate.Name, string.Join("; ", byTool), $"no {byTool.Key} report has come in", []));
                continue;
            }

            events.Add(report.Event);
            foreach (var (criterion, reading) in Pair(gate, [.. byTool], report))
            {
                outcome = Worse(outcome, ToGate(reading.Outcome));
                if (Explain(gate, criterion, reading, report) is { } reason) reasons.Add(reason);
            }
        }

        foreach (var (check, title) in Checks(gate))
        {
            if (!state.Attestations.TryGetValue(check, out var attestation))
            {
                outcome = Worse(outcome, GateOutcome.Pending);
                reasons.Add(new Reason("attestation_missing", Verdict.Pending, gate.Name, title, "nobody has attested it", []));
                continue;
            }

            events.Add(attestation.Event);
            if (attestation.Met) continue;
            outcome = Worse(outcome, GateOutcome.Failed);
            reasons.Add(new Reason("attested_unmet", Verdict.NoGo, gate.Name, title, $"{attestation.By} attested that it is not met", [attestation.Event]));
        }

        var waiver = outcome != GateOutcome.Passed && gate.Waivable && state.Waiver is { } given && given.StandsAt(at) && !IsOutdated(given, state) ? given : null;
        if (waiver is not null)
        {
            outcome = GateOutcome.Waived;
            events.Add(waiver.Event);
            reasons.Clear();
        }
        else if (outcome != GateOutcome.Passed && state.Waiver is { } ended)
        {
            reasons.Add(NoLonger(gate, ended, state, at));
        }

        return (new GateStanding(gate.Name, gate.Title, gate.Kind, gate.Required, outcome, [.. events], waiver, Superseded(state)), reasons);
    }

    // A waiver answers for what its owner could know: red that came in after it is not covered.
    private static bool IsOutdated(WaiverState waiver, GateState state) => state.Red is { } red && red.Version > waiver.Event.Version;

    private static Reason NoLonger(Gate gate, WaiverState waiver, GateState state, DateTimeOffset at) => waiver.StandsAt(at)
        ? new Reason(
            "waiver_outdated", Verdict.Pending, gate.Name, gate.Title,
            $"{waiver.Owner} answered for it before it turned red again, until {UtcTimeJsonConverter.ToText(waiver.Until)}", [waiver.Event, .. state.Red is { } red ? [red] : Array.Empty<EventReference>()])
        : new Reason(
            "waiver_ended", Verdict.Pending, gate.Name, gate.Title,
            $"the waiver that {waiver.Owner} answered for ended at {UtcTimeJsonConverter.ToText(waiver.Until)}", [waiver.Event]);

    private static Supersedes[]? Superseded(GateState state)
    {
        Supersedes[] superseded =
        [
            .. state.Reports.Values.Select(report => report.Supersedes)
                .Concat(state.Attestations.Values.Select(attestation => attestation.Supersedes))
                .OfType<Supersedes>().Distinct().OrderBy(entry => entry.Version),
        ];
        return superseded.Length == 0 ? null : superseded;
    }

    /// <summary>
    /// The attestations that a gate needs: its sub-checks, or itself when it is an attestation gate without any. A gate that asks for
    /// nothing at all is not passed by that: it waits for a word that nobody can give.
    /// </summary>
    private static IEnumerable<(string Check, string Title)> Checks(Gate gate) => gate switch
    {
        { Checks.Count: > 0 } => gate.Checks.Select(check => (check.Name, check.Title)),
        { Kind: GateKind.Attestation } or { Criteria.Count: 0 } => [(string.Empty, gate.Title)],
        _ => [],
    };

    // A demand without a reading would otherwise be stepped over, and so pass.
    private static IEnumerable<(Criterion Criterion, CriterionReading Reading)> Pair(Gate gate, IReadOnlyList<Criterion> criteria, ReportState report) =>
        criteria.Count == report.Readings.Length
            ? criteria.Zip(report.Readings)
            : throw new InvalidOperationException(
                $"the report at version {report.Event.Version} answers {report.Readings.Length} of the {criteria.Count} criteria of '{gate.Name}'");

    private static Reason? Explain(Gate gate, Criterion criterion, CriterionReading reading, ReportState report) => reading.Outcome switch
    {
        Outcome.Passed => null,
        Outcome.Failed => new Reason(
            "criterion_failed", Verdict.NoGo, gate.Name, criterion.ToString(), $"measured {Text(reading.Value)}", [report.Event]),
        _ => new Reason(
            "criterion_not_evaluated", Verdict.Pending, gate.Name, criterion.ToString(), report.NotEvaluatedBecause ?? "the report does not state it", [report.Event]),
    };

    internal static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "nothing";

    private static GateOutcome ToGate(Outcome outcome) => outcome switch
    {
        Outcome.Passed => GateOutcome.Passed,
        Outcome.Failed => GateOutcome.Failed,
        _ => GateOutcome.NotEvaluated,
    };

    private static GateOutcome Worse(GateOutcome a, GateOutcome b) => Rank(a) >= Rank(b) ? a : b;

    private static int Rank(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => 0,
        GateOutcome.Pending => 1,
        GateOutcome.NotEvaluated => 2,
        GateOutcome.Failed => 3,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
