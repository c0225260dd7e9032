using System.Text.Json;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.SignOffs;

namespace Ledger.Cli.Contract;

/// <summary>What GET /v1/releases/{service}/{version} answers: a release's go/no-go and everything it rests on.</summary>
internal sealed record ReleaseStatus(
    string Release,
    string Commit,
    string Environment,
    string OpenedAt,
    string Verdict,
    string At,
    EventRef Last,
    IReadOnlyList<StatusReason> Reasons,
    IReadOnlyList<StatusGate> Gates,
    IReadOnlyList<StatusCondition> Conditions,
    IReadOnlyList<ArtifactBody> Artifacts,
    JsonElement Policy,
    string? Tag = null,
    string? Summary = null,
    string? Risk = null,
    string? DecideBy = null,
    JsonElement Window = default,
    JsonElement Closed = default,
    SignOffStanding? SignOff = null,
    DecisionState? Decision = null,
    DeploymentStanding? Deployment = null,
    string? DecidedBecause = null,
    string? ClosedBecause = null,
    StatusPlan? Plan = null,
    string? State = null,
    string? Story = null,
    string? ClosedAt = null,
    string? ClosedBy = null,
    IReadOnlyList<StatusFired>? Fired = null,
    IReadOnlyList<StatusFollowUp>? FollowUps = null)
{
    public const string Go = "GO";

    private static readonly string[] Verdicts = [Go, "NO_GO", "PENDING"];
    private static readonly string[] GateOutcomes = ["passed", "failed", "not_evaluated", "waived", "pending"];
    private static readonly string[] ConditionOutcomes = ["absent", "present", "not_evaluated"];

    /// <summary>What contradicts itself, or is no word of this contract; null when the answer can be believed.</summary>
    /// <remarks>GO with a reason against it, or with a required gate that is neither passed nor waived, is not GO.</remarks>
    public string? Contradiction(string release)
    {
        if (Release != release) return $"it is about '{Release}', not about '{release}'";
        if (!Verdicts.Contains(Verdict)) return $"'{Verdict}' is no verdict";
        if (Gates.FirstOrDefault(gate => !GateOutcomes.Contains(gate.Outcome)) is { } gate) return $"gate '{gate.Name}' is '{gate.Outcome}', which is no outcome";
        if (Conditions.FirstOrDefault(condition => !ConditionOutcomes.Contains(condition.Outcome)) is { } condition)
            return $"condition '{condition.Name}' is '{condition.Outcome}', which is no outcome";
        if (Verdict != Go) return Reasons.Count == 0 ? $"it says {Verdict} without a reason" : null;

        if (Reasons.Count > 0) return "it says GO and gives a reason against it";
        if (!Gates.Any(gate => gate.Required)) return "it says GO without a required gate";
        if (Gates.FirstOrDefault(gate => gate.Required && gate.Outcome is not ("passed" or "waived")) is { } open) return $"it says GO while gate '{open.Name}' is {open.Outcome}";
        if (Conditions.FirstOrDefault(condition => condition.Outcome != "absent") is { } there) return $"it says GO while condition '{there.Name}' is {there.Outcome}";
        if (SignOff is { State: not ChainState.Complete } && Decision?.ApproveBy is null) return "it says GO while sign-offs are missing";
        return null;
    }
}

/// <summary>Names an event: its place in the log, and in the release's stream.</summary>
internal sealed record EventRef(long Sequence, long Version);

/// <summary>Why a release may not go, or not yet.</summary>
internal sealed record StatusReason(string Code, string Verdict, string Rule, string Message, IReadOnlyList<EventRef> Events, string? Subject = null);

/// <summary>Where a gate stands.</summary>
internal sealed record StatusGate(
    string Name, string Title, string Kind, bool Required, string Outcome, IReadOnlyList<EventRef> Events, JsonElement Waiver = default);

/// <summary>Where a NO-GO condition stands.</summary>
internal sealed record StatusCondition(string Name, string Title, string Outcome, IReadOnlyList<EventRef> Events);

/// <summary>What the release's policy plans; a server of an earlier version does not say it.</summary>
internal sealed record StatusPlan(
    string Title,
    IReadOnlyList<StatusStep> Steps,
    IReadOnlyList<StatusCheck> Watch,
    IReadOnlyList<StatusCheck> Success,
    string? Description = null);

internal sealed record StatusStep(string Name, string Title, string? Owner = null);

internal sealed record StatusCheck(string Name, MetricCondition? Measured = null);

/// <summary>A rule that fired, with the measurements that it rests on.</summary>
internal sealed record StatusFired(string Rule, long Sequence, int Count, IReadOnlyList<StatusMeasurement> Measurements);

internal sealed record StatusMeasurement(long Sequence, string At, string Metric, Unit Unit, double? Value = null);

/// <summary>Something that the policy has done after a release, and what became of it: nothing yet where there is no outcome.</summary>
internal sealed record StatusFollowUp(
    string Name, string Title, bool Overdue, string? Due = null, string? Outcome = null, string? At = null, string? By = null, string? Note = null, string? Reference = null, EventRef? Event = null);
