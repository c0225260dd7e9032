using System.Globalization;
using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Domain.Measurements;

namespace Ledger.Cli.Output;

/// <summary>How the ledger's words are shown.</summary>
internal static class Wording
{
    public static Piece Verdict(string verdict) => new(verdict, verdict switch { "GO" => Tone.Good, "NO_GO" => Tone.Bad, _ => Tone.Waiting });

    /// <summary>How far a release's story is.</summary>
    public static Piece State(string state) => new(state.Replace('_', ' '), state switch
    {
        "succeeded" => Tone.Good,
        "rolled_back" or "rolling_back" or "aborted" or "failed" or "abandoned" => Tone.Bad,
        "rolling_out" or "out" => Tone.Waiting,
        _ => Tone.Plain,
    });

    public static Piece Outcome(string outcome) => new(outcome.Replace('_', ' '), outcome switch
    {
        "passed" or "absent" or "done" => Tone.Good,
        "failed" or "present" => Tone.Bad,
        _ => Tone.Waiting,
    });

    /// <summary>Sequence numbers, as people quote them.</summary>
    public static string Events(IEnumerable<EventRef> events) => string.Join(' ', events.Select(reference => Sequence(reference.Sequence)));

    public static string Sequence(long sequence) => string.Create(CultureInfo.InvariantCulture, $"#{sequence}");

    /// <summary>A time to the second, as people read it; what is not a time stays as it is.</summary>
    public static string Time(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            ? parsed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : time;

    /// <summary>The time of day to the second, where the day is clear; what is not a time stays as it is.</summary>
    public static string TimeOfDay(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            ? parsed.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : time;

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The unit's name, as in the log.</summary>
    public static string Unit(Unit unit) => unit switch
    {
        Domain.Measurements.Unit.Count => "count",
        Domain.Measurements.Unit.Ratio => "ratio",
        Domain.Measurements.Unit.Milliseconds => "ms",
        Domain.Measurements.Unit.Bytes => "bytes",
        Domain.Measurements.Unit.PerSecond => "per_second",
        Domain.Measurements.Unit.UsDollars => "usd",
        Domain.Measurements.Unit.Boolean => "bool",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A policy as name and version, from an answer that gives it as an object or as a text; null when it gives none.</summary>
    public static string? Policy(JsonElement policy) => policy.ValueKind switch
    {
        JsonValueKind.Object when Text(policy, "name") is { } name => Text(policy, "version") is { } version ? $"{name} v{version}" : name,
        JsonValueKind.String => policy.GetString(),
        _ => null,
    };

    /// <summary>A member as text; null when it is absent, or neither a text, a number nor a yes or no.</summary>
    public static string? Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) ? Text(value) : null;

    /// <summary>A value as text; null when it is neither a text, a number nor a yes or no.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => null,
    };
}
