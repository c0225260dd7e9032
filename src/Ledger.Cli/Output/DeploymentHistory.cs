using System.Globalization;
using System.Text.Json;
using Ledger.Cli.Contract;

namespace Ledger.Cli.Output;

/// <summary>What the events of a rollout, a rollback and the watch say, each in a line.</summary>
internal static class DeploymentHistory
{
    private const int MaxSamples = 4;

    /// <summary>The line; empty for an event that is none of these.</summary>
    public static string Summary(PastEvent past) => past.Type switch
    {
        "deployment_started" => $"{Text(past, "commit") ?? "no commit stated"}, {Count(Member(past, "artifacts"))} artifacts{Attempt(past)}{Unless(past, "decision", ", without a recorded GO")}{Observed(past)}",
        "canary_step_started" => $"{Text(past, "step")}{(Text(past, "weight") is { } weight ? $" at {weight}" : "")}{Observed(past)}",
        "canary_step_completed" => $"{Text(past, "step")}: {Analyses(past)}{Observed(past)}",
        "analysis_measured" => Samples(past),
        "deployment_paused" or "deployment_resumed" or "deployment_aborted" => $"{Text(past, "reason")}{Observed(past)}",
        "deployment_promoted" => Observed(past).TrimStart(',', ' '),
        "traffic_switched" => $"to {Text(past, "to")}{(Text(past, "toRelease") == "no" ? ", away from this release" : "")}{Observed(past)}",
        "deviation_recorded" => $"{Text(past, "message")} ({Text(past, "code")}){Observed(past)}",
        "rollback_triggered" => $"{Text(past, "rule")}: {Text(past, "text")}; found {Text(past, "found")} in {Text(past, "count")} measurements, versions {Versions(past)}",
        "rollback_started" => $"{Text(past, "reason")}{(Text(past, "person") is { } person ? $", decided by {person}" : "")}{Observed(past)}",
        "rollback_completed" => $"took {Span(past, "durationMs")}{Within(past)}{Observed(past)}",
        "rollback_verified" => $"{(Text(past, "works") == "yes" ? "works" : "does not work")}: {Text(past, "note")}",
        "rollback_rehearsed" => $"took {Span(past, "durationMs")}{Within(past)}: {Text(past, "note")}",
        "post_deployment_checked" => $"{Text(past, "check")}: {Text(past, "outcome")?.Replace('_', ' ')} by {Text(past, "source")}{(Text(past, "value") is { } value ? $", measured {value}" : "")}",
        "watch_ended" => $"{Text(past, "outcome")?.Replace('_', ' ')}: {Checks(past)}",
        "deadline_passed" => $"{(Text(past, "kind") ?? Text(past, "deadline"))?.Replace('_', ' ')}{(Text(past, "subject") is { } subject ? $" of {subject}" : "")}",
        _ => "",
    };

    private static string? Text(PastEvent past, string member) => Wording.Text(past.Data, member);

    private static JsonElement Member(PastEvent past, string name) => Member(past.Data, name);

    private static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;

    private static List<JsonElement> Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [];

    private static string Count(JsonElement json) => Wording.Number((long)Items(json).Count);

    private static string Attempt(PastEvent past) => Text(past, "attempt") is { } attempt and not "1" ? $", attempt {attempt}" : "";

    private static string Unless(PastEvent past, string member, string text) => Member(past, member).ValueKind == JsonValueKind.Undefined ? text : "";

    private static string Observed(PastEvent past) =>
        Member(past, "observed") is { ValueKind: JsonValueKind.Object } observed ? $", seen by {Wording.Text(observed, "source")} at {Wording.Time(Wording.Text(observed, "at") ?? "?")}" : "";

    private static string Analyses(PastEvent past) => Items(Member(past, "analyses")).Count > 0
        ? string.Join(", ", Items(Member(past, "analyses")).Select(analysis => $"{Wording.Text(analysis, "analysis")} {Wording.Text(analysis, "outcome")?.Replace('_', ' ')} ({Wording.Text(analysis, "failed")} of {Wording.Text(analysis, "measured")} failed)"))
        : "no analyses";

    private static string Samples(PastEvent past)
    {
        var samples = Items(Member(past, "measurements"));
        var shown = string.Join(", ", samples.Take(MaxSamples).Select(sample =>
            $"{Wording.Text(sample, "metric")} {(Wording.Text(sample, "value") is { } value ? $"{value} {Wording.Text(sample, "unit")}" : "not measured")}{(Wording.Text(sample, "timing") is { } timing ? $" ({timing})" : "")}"));
        return samples.Count <= MaxSamples ? shown : $"{shown} and {Wording.Number((long)samples.Count - MaxSamples)} more";
    }

    private static string Versions(PastEvent past) => string.Join(' ', Items(Member(past, "measurements")).Select(Wording.Text));

    private static string Checks(PastEvent past) => string.Join(", ", Items(Member(past, "checks")).Select(check => $"{Wording.Text(check, "check")} {Wording.Text(check, "outcome")?.Replace('_', ' ')}"));

    private static string Within(PastEvent past) => Text(past, "within") switch
    {
        "yes" => $", within the objective of {Span(past, "objectiveMs")}",
        "no" => $", beyond the objective of {Span(past, "objectiveMs")}",
        _ => "",
    };

    private static string Span(PastEvent past, string member) =>
        Member(past, member) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var milliseconds) && milliseconds is >= 0 and < 1L << 50
            ? TimeSpan.FromMilliseconds(milliseconds).ToString(milliseconds % 1000 == 0 ? "c" : @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture)
            : "?";
}
