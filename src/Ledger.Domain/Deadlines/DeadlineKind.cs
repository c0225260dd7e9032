using System.Text.Json.Serialization;

namespace Ledger.Domain.Deadlines;

/// <summary>What runs out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeadlineKind>))]
public enum DeadlineKind
{
    /// <summary>The next measurement of an analysis.</summary>
    [JsonStringEnumMemberName("analysis_due")] AnalysisDue,

    /// <summary>How long measurements of an analysis may be missing.</summary>
    [JsonStringEnumMemberName("silence")] Silence,

    /// <summary>The time that a step takes.</summary>
    [JsonStringEnumMemberName("step_end")] StepEnd,

    /// <summary>The maintenance window.</summary>
    [JsonStringEnumMemberName("window_end")] WindowEnd,

    /// <summary>A waiver.</summary>
    [JsonStringEnumMemberName("waiver_end")] WaiverEnd,

    /// <summary>The time for an emergency's approvals.</summary>
    [JsonStringEnumMemberName("approval_due")] ApprovalDue,

    /// <summary>The time that a rollback may take.</summary>
    [JsonStringEnumMemberName("rollback_objective")] RollbackObjective,

    /// <summary>The watch after the deployment.</summary>
    [JsonStringEnumMemberName("watch_end")] WatchEnd,
}
