using System.Diagnostics;

namespace Ledger.Domain.Deadlines;

/// <summary>Something that takes effect by itself when its time comes.</summary>
/// <param name="Kind">What runs out.</param>
/// <param name="Due">When: at this very moment it has passed.</param>
/// <param name="Subject">The gate, analysis or step it is about; null for the release as a whole.</param>
public sealed record Deadline(DeadlineKind Kind, DateTimeOffset Due, string? Subject = null)
{
    /// <summary>What says which deadline it is: of those with the same key there is one at a time.</summary>
    public string Key => Subject is null ? Name(Kind) : $"{Name(Kind)}/{Subject}";

    /// <summary>The kind's name, as it is written everywhere.</summary>
    public static string Name(DeadlineKind kind) => kind switch
    {
        DeadlineKind.AnalysisDue => "analysis_due",
        DeadlineKind.Silence => "silence",
        DeadlineKind.StepEnd => "step_end",
        DeadlineKind.WindowEnd => "window_end",
        DeadlineKind.WaiverEnd => "waiver_end",
        DeadlineKind.ApprovalDue => "approval_due",
        DeadlineKind.RollbackObjective => "rollback_objective",
        DeadlineKind.WatchEnd => "watch_end",
        _ => throw new UnreachableException(),
    };
}
