using System.Globalization;
using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Domain.Measurements;

namespace Ledger.Cli.Watching;

/// <summary>How far a release is, as far as its events tell: a view for people, which decides nothing.</summary>
internal sealed class RolloutProgress
{
    private readonly HashSet<string> _completed = [];
    private readonly Dictionary<string, TimeSpan> _takes = new(StringComparer.Ordinal);
    private DateTimeOffset? _stepSince;
    private TimeSpan? _stepTakes;

    /// <summary>How many events were seen.</summary>
    public long Version { get; private set; }

    /// <summary>How many steps the plan has; 0 before it starts.</summary>
    public int Steps { get; private set; }

    /// <summary>How many of them are over.</summary>
    public int StepsOver => Math.Min(_completed.Count, Steps);

    /// <summary>What it is doing, in words.</summary>
    public string Doing { get; private set; } = "waiting to start";

    /// <summary>How long it is watched once it is out; null where it is not.</summary>
    public TimeSpan? Watch { get; private set; }

    /// <summary>Since when it is out; null where it is not yet, or not any more.</summary>
    public DateTimeOffset? OutSince { get; private set; }

    /// <summary>How the release ended; null while it has not.</summary>
    public string? Outcome { get; private set; }

    /// <summary>The share of the watch that is over, 0 to 1.</summary>
    public double WatchOver(DateTimeOffset now) => OutSince is { } since && Watch is { Ticks: > 0 } watch ? Math.Clamp((now - since) / watch, 0, 1) : 0;

    /// <summary>The steps that are over, and the share of the running one's time; never a whole one for a step that is not over.</summary>
    public double StepsTaken(DateTimeOffset now)
    {
        const double nearlyOver = 0.95;
        return _stepSince is { } since && _stepTakes is { Ticks: > 0 } takes ? Math.Min(Steps, StepsOver + (Math.Clamp((now - since) / takes, 0, 1) * nearlyOver)) : StepsOver;
    }

    /// <summary>What it is doing, and how much of the running step's time is over.</summary>
    public string DoingAt(DateTimeOffset now) => _stepSince is { } since && _stepTakes is { } takes
        ? $"{Doing}, {TimeSpan.FromSeconds(Math.Max(0, Math.Floor((now - since).TotalSeconds))):c} of {takes:c}"
        : Doing;

    /// <summary>Takes the next event in.</summary>
    public void Apply(PastEvent past)
    {
        Version = past.Version;
        switch (past.Type)
        {
            case "deployment_started":
                _completed.Clear();
                _takes.Clear();
                Steps = Member(past.Data, "terms") is var terms && Member(terms, "steps") is { ValueKind: JsonValueKind.Array } steps ? steps.GetArrayLength() : 0;
                Watch = Quantity.TryParse(Wording.Text(terms, "watch"), out var watch) && watch.Unit == Unit.Milliseconds ? watch.Duration : null;
                for (var i = 0; i < Steps; i++)
                {
                    var planned = Member(terms, "steps")[i];
                    if (Quantity.TryParse(Wording.Text(planned, "duration"), out var takes) && takes.Unit == Unit.Milliseconds) _takes[Wording.Text(planned, "name") ?? ""] = takes.Duration;
                }

                (OutSince, Doing) = (null, "rolling out");
                break;
            case "canary_step_started":
                var begun = Wording.Text(past.Data, "step") ?? "";
                Doing = $"step {begun}{(Wording.Text(past.Data, "weight") is { } weight ? $" ({weight})" : "")}";
                (_stepSince, _stepTakes) = (TimeOf(past), _takes.TryGetValue(begun, out var lasts) ? lasts : null);
                break;
            case "canary_step_completed":
                _stepSince = null;
                _completed.Add(Wording.Text(past.Data, "step") ?? "");
                if (_completed.Count >= Steps) Out(past, "out");
                break;
            case "deployment_promoted":
                _stepSince = null;
                for (var step = _completed.Count; step < Steps; step++) _completed.Add(step.ToString(CultureInfo.InvariantCulture));
                Out(past, "promoted");
                break;
            case "deployment_paused":
                Doing = "paused";
                break;
            case "deployment_resumed":
                Doing = "rolling out";
                break;
            case "deployment_aborted":
                _stepSince = null;
                (OutSince, Doing) = (null, "aborted");
                break;
            case "rollback_triggered":
                Doing = $"roll back: {Wording.Text(past.Data, "rule")}";
                break;
            case "rollback_started":
                _stepSince = null;
                (OutSince, Doing) = (null, "rolling back");
                break;
            case "rollback_completed":
                Doing = "rolled back";
                break;
            case "watch_ended":
                Doing = $"watch {Wording.Text(past.Data, "outcome")?.Replace('_', ' ')}";
                break;
            case "release_closed":
                Outcome = Wording.Text(past.Data, "outcome") ?? "?";
                break;
        }
    }

    private void Out(PastEvent past, string doing)
    {
        OutSince ??= TimeOf(past);
        Doing = doing;
    }

    private static DateTimeOffset? TimeOf(PastEvent past) => DateTimeOffset.TryParse(past.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;
}
