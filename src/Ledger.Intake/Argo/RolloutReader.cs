using System.Globalization;
using System.Text.Json;
using Ledger.Domain.Measurements;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Argo;

/// <summary>
/// <c>Rollout</c>, argoproj.io/v1alpha1 (https://argo-rollouts.readthedocs.io, "Specification"). A phase means something only for the generation
/// that the controller observed, which it writes as a number, a number in quotes or, before version 1.0, a hash that compares with nothing.
/// </summary>
internal static class RolloutReader
{
    public static ArgoObject.Rollout Read(Node rollout, string name)
    {
        var ignored = new IgnoredFields();
        var metadata = rollout.Object("metadata");
        var strategy = rollout.Object("spec").Object("strategy");
        var status = rollout.Object("status");
        ignored.Note(
            "status", status, "HPAReplicas", "abort", "abortedAt", "alb", "albs", "availableReplicas", "blueGreen", "canary", "collisionCount", "conditions",
            "controllerPause", "currentPodHash", "currentStepHash", "currentStepIndex", "message", "observedGeneration", "pauseConditions", "phase",
            "promoteFull", "readyReplicas", "replicas", "restartedAt", "selector", "stableRS", "updatedReplicas", "workloadObservedGeneration");

        var steps = Steps(strategy.Object("canary"));
        var index = status.Count("currentStepIndex") is { } count && count <= steps.Count ? (int)count : (int?)null;
        var canary = status.Object("canary");
        var reported = canary.Object("weights").Object("canary").Number("weight");
        var isBlueGreen = strategy["blueGreen"].IsObject;
        var active = isBlueGreen ? status.Object("blueGreen").Text("activeSelector") : null;
        var stable = status.Text("stableRS") ?? canary.Text("stableRS") ?? active;
        var current = status.Text("currentPodHash");
        var isAborted = status.Boolean("abort") == true;
        var pauses = status.Objects("pauseConditions").Select(condition => condition.Text("reason") ?? "(no reason)").ToList();
        var isCurrent = IsCurrent(metadata["generation"].Element, status["observedGeneration"].Element);
        var isStated = !string.IsNullOrEmpty(status.Text("phase"));
        var phase = isStated ? PhaseOf(status.Text("phase")) : Derive(status, isAborted, pauses.Count > 0 || status.Boolean("controllerPause") == true, stable is not null && stable == current && (isBlueGreen || index == steps.Count));

        return new ArgoObject.Rollout(
            name, metadata.Text("namespace"), metadata.Object("annotations").Text("rollout.argoproj.io/revision"), isBlueGreen, isCurrent,
            isCurrent == false ? RolloutPhase.Progressing : phase, !isStated, status.Text("message"), isAborted, AnalysisRunReader.Time(status, "abortedAt"),
            steps, index, reported is { } weight ? weight / 100 : WeightOf(steps, index, isAborted), reported is not null, stable, current, active, pauses, Images(rollout), ignored.Names);
    }

    private static bool? IsCurrent(JsonElement generation, JsonElement observed)
    {
        long? observedNumber = observed.ValueKind switch
        {
            JsonValueKind.Number when observed.TryGetInt64(out var number) => number,
            JsonValueKind.String when long.TryParse(observed.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
        return observedNumber is { } seen && generation.ValueKind == JsonValueKind.Number && generation.TryGetInt64(out var wanted) ? seen == wanted : null;
    }

    private static RolloutPhase PhaseOf(string? phase) => phase switch
    {
        "Healthy" => RolloutPhase.Healthy,
        "Degraded" => RolloutPhase.Degraded,
        "Progressing" => RolloutPhase.Progressing,
        "Paused" => RolloutPhase.Paused,
        _ => RolloutPhase.Unknown,
    };

    // As Argo CD tells it of objects without a phase; healthy only where everything says so.
    private static RolloutPhase Derive(Node status, bool isAborted, bool isPaused, bool isThrough)
    {
        var isFailed = false;
        foreach (var condition in status.Objects("conditions"))
        {
            isFailed |= condition.Text("type") == "InvalidSpec" || condition.Text("reason") is "ProgressDeadlineExceeded" or "RolloutAborted" or "InvalidSpec";
        }

        if (isAborted || isFailed) return RolloutPhase.Degraded;
        if (isPaused) return RolloutPhase.Paused;
        return isThrough ? RolloutPhase.Healthy : status.IsAbsent ? RolloutPhase.Unknown : RolloutPhase.Progressing;
    }

    private static List<RolloutStep> Steps(Node canary)
    {
        var steps = new List<RolloutStep>();
        foreach (var step in canary.Objects("steps"))
        {
            if (steps.Count == ArgoLimits.MaxSteps)
            {
                canary.Findings.Refuse(RefusalCodes.TooLarge, $"a Rollout has more than {ArgoLimits.MaxSteps} steps");
                break;
            }

            var kind = step.Members().Select(member => member.Name).FirstOrDefault() ?? string.Empty;
            steps.Add(new RolloutStep(kind, step.Number("setWeight") / 100, Pause(step["pause"]["duration"].Element)));
        }

        return steps;
    }

    // Seconds as a number, or a length of time with its unit.
    private static TimeSpan? Pause(JsonElement duration)
    {
        var text = duration.ValueKind switch { JsonValueKind.Number => duration.GetRawText(), JsonValueKind.String => duration.GetString(), _ => null };
        if (!Quantity.TryParse(text, out var quantity)) return null;
        var milliseconds = quantity.Unit switch { null => quantity.Value * 1000, Unit.Milliseconds => quantity.Value, _ => double.NaN };
        return milliseconds is >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    // What was set last before the current step; nothing yet is no traffic, and an abort takes all of it back.
    private static double? WeightOf(List<RolloutStep> steps, int? index, bool isAborted)
    {
        if (isAborted) return 0;
        if (index is not { } current || steps.Count == 0) return null;
        if (current == steps.Count) return 1;
        return steps.Take(current + 1).LastOrDefault(step => step.Weight is not null)?.Weight ?? 0;
    }

    private static List<string> Images(Node rollout)
    {
        var containers = rollout.Object("spec").Object("template").Object("spec").Objects("containers");
        return [.. containers.Select(container => container.Text("image")).OfType<string>().Distinct(StringComparer.Ordinal).Take(ReportLimits.MaxSubjects)];
    }
}
