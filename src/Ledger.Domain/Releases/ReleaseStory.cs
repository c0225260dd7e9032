using System.Globalization;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.SignOffs;

namespace Ledger.Domain.Releases;

/// <summary>What happened to a release, in one sentence for somebody who knows nothing of it. Pure; it decides nothing.</summary>
public static class ReleaseStory
{
    private const int QuotedAtMost = 200;

    /// <summary>The events that tell what the state does not.</summary>
    public static IEnumerable<EventReference> References(ReleaseState state)
    {
        var deployment = state.Deployment ?? DeploymentState.None;
        IEnumerable<EventReference?> references =
            [state.Facts.Decision?.Event, state.Facts.ClosedBy, deployment.Watch?.Event, deployment.Rollback?.Completed?.Event, .. deployment.Triggers.Select(trigger => trigger.Event)];
        return references.OfType<EventReference>();
    }

    /// <summary>The sentence, with its full stop.</summary>
    /// <param name="state">The release.</param>
    /// <param name="told">The events of <see cref="References"/>, by their place in the log.</param>
    public static string Of(ReleaseState state, IReadOnlyDictionary<long, Recorded<ReleaseEvent>> told)
    {
        var clock = new Clock();
        List<string> clauses = [$"Opened {clock.At(state.Facts.OpenedAt)} UTC", .. Decided(state, told, clock), .. RolledOut(state, told, clock)];
        if (state.Facts.ClosedBy is { } closing && told[closing.Sequence] is { Event: ReleaseEvent.Closed closed } recorded)
            clauses.Add($"was closed as {Words(CloseOutcomes.Name(closed.Outcome))} {clock.At(recorded.At)}: {Quoted(closed.Reason)}");
        var sentence = clauses.Count == 1 ? clauses[0] : $"{string.Join(", ", clauses[..^1])} and {clauses[^1]}";
        return sentence[^1] is '.' or '!' or '?' or '…' ? sentence : sentence + ".";
    }

    private static IEnumerable<string> Decided(ReleaseState state, IReadOnlyDictionary<long, Recorded<ReleaseEvent>> told, Clock clock)
    {
        if (state.Facts.Decision is not { } decision)
        {
            if (state.Facts.Closed is not null) yield return "never decided on";
            yield break;
        }

        if (decision.Verdict == Verdict.Go)
        {
            var with = With(state, decision).ToList();
            yield return $"decided GO {clock.At(decision.At)}{(decision.ApproveBy is null ? "" : " as an emergency")}{(with.Count == 0 ? "" : $" with {string.Join(" and ", with)}")}";
        }
        else
        {
            var reason = told[decision.Event.Sequence].Event is ReleaseEvent.DecisionMade { Reason: { } text } ? $" ({Quoted(text)})" : "";
            yield return $"decided {Verdicts.Name(decision.Verdict)} {clock.At(decision.At)}{reason}";
        }
    }

    // What the decision rests on beyond what was measured: names, and what somebody answers for.
    private static IEnumerable<string> With(ReleaseState state, DecisionState decision)
    {
        var changed = state.Gates.Values.SelectMany(gate => gate.Events).Select(reference => reference.Version).Where(version => version < decision.Event.Version).DefaultIfEmpty().Max();
        var signed = state.Facts.SignOffs.Count(signOff => signOff is { Withdrawn: null, Decision: SignOffChoice.Approve } && signOff.Event.Version > changed && signOff.Event.Version < decision.Event.Version);
        if (signed > 0) yield return signed == 1 ? "1 sign-off" : string.Create(CultureInfo.InvariantCulture, $"{signed} sign-offs");
        var waived = state.Gates.Where(gate => gate.Value.Waiver is { } waiver && waiver.Event.Version < decision.Event.Version && waiver.StandsAt(decision.At) && !IsGreen(gate.Value)).Select(gate => gate.Key).ToList();
        if (waived.Count > 0) yield return $"{string.Join(", ", waived)} waived";
    }

    // A waiver that nothing needed is no part of the story.
    private static bool IsGreen(GateState gate) =>
        gate.Reports.Count + gate.Attestations.Count > 0 && gate.Reports.Values.All(report => report.Outcome == Outcome.Passed) && gate.Attestations.Values.All(attestation => attestation.Met);

    private static IEnumerable<string> RolledOut(ReleaseState state, IReadOnlyDictionary<long, Recorded<ReleaseEvent>> told, Clock clock)
    {
        if (state.Deployment is not { Started: { } started } deployment) yield break;
        yield return $"began its {Rollout(deployment.Terms!.Strategy)} {clock.At(started.At)}";
        if (deployment.FullyOut is { } fullyOut) yield return $"reached everybody {clock.At(fullyOut.At)}";
        if (deployment.Triggers is [var first, ..])
            yield return $"saw the rule {first.Rule} fire {clock.At(told[first.Event.Sequence].At)} ({first.Text})";
        switch (deployment)
        {
            case { Rollback: { Completed: { } done } rollback }:
                var took = told[done.Event.Sequence].Event is RollbackEvent.Completed completed ? $" in {Span(completed.DurationMs)}" : "";
                yield return $"was taken back {clock.At(done.At)}{took}{(deployment.Triggers.IsEmpty ? $" ({Quoted(rollback.Reason)})" : "")}";
                break;
            case { Rollback: { } rollback }:
                yield return $"is being taken back since {clock.Since(rollback.Started.At)} ({Quoted(rollback.Reason)})";
                break;
            case { Aborted: { } aborted }:
                yield return $"was given up {clock.At(aborted.At)}";
                break;
            case { Paused: { } paused }:
                yield return $"stands still since {clock.Since(paused.At)}";
                break;
            case { FullyOut: null, RunningStep: { } step } when state.Facts.Closed is null:
                yield return $"is at the step {step.Name}";
                break;
        }

        if (deployment.Watch is { } watch)
            yield return $"{watch.Outcome switch { Outcome.Passed => "passed its watch", Outcome.Failed => "failed its watch", _ => "was not looked at wholly during its watch" }} {clock.At(told[watch.Event.Sequence].At)}";
        if (!deployment.Deviations.IsEmpty)
        {
            var deviations = deployment.Deviations.Sum(deviation => deviation.Count);
            yield return deviations == 1 ? "departed once from its plan" : string.Create(CultureInfo.InvariantCulture, $"departed {deviations} times from its plan");
        }
    }

    private static string Rollout(DeploymentStrategy strategy) => strategy == DeploymentStrategy.Canary ? "canary" : $"{DeploymentText.NameOf(strategy)} rollout";

    private static string Words(string name) => name.Replace('_', ' ');

    // On one line, and not cut within a character.
    private static string Quoted(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= QuotedAtMost ? line : $"{line[..(char.IsHighSurrogate(line[QuotedAtMost - 1]) ? QuotedAtMost - 1 : QuotedAtMost)].TrimEnd()}…";
    }

    private static string Span(long milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(milliseconds);
        return span.TotalMinutes < 2 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s") : string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalMinutes} min{(span.Seconds == 0 ? "" : $" {span.Seconds} s")}");
    }

    // The day is told where it is another one, the seconds where there are some.
    private sealed class Clock
    {
        private DateOnly _day;

        /// <summary>When something happened.</summary>
        public string At(DateTimeOffset at) => Day(at) is { } day ? $"on {day} at {Time(at)}" : $"at {Time(at)}";

        /// <summary>Since when something is so.</summary>
        public string Since(DateTimeOffset at) => Day(at) is { } day ? $"{day} {Time(at)}" : Time(at);

        private string? Day(DateTimeOffset at)
        {
            var day = DateOnly.FromDateTime(at.UtcDateTime);
            if (day == _day) return null;
            _day = day;
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(at.UtcDateTime.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
