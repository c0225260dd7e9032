using System.Diagnostics;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.FollowUps;

/// <summary>Where a follow-up of a release stands at one time.</summary>
/// <param name="FollowUp">What the policy has done after a release.</param>
/// <param name="Due">Until when, counted from when everybody had the release; null where the policy sets no time, or nobody had it.</param>
/// <param name="Recorded">What became of it; null while it is open.</param>
/// <param name="IsOverdue">Whether it is open though its time has passed.</param>
public sealed record FollowUpStanding(FollowUp FollowUp, DateTimeOffset? Due, FollowUpState? Recorded, bool IsOverdue)
{
    /// <summary>Every follow-up of the policy, in its order. They decide nothing: no go/no-go looks at them.</summary>
    /// <param name="state">The release.</param>
    /// <param name="policy">The policy that it pinned.</param>
    /// <param name="at">The time asked for.</param>
    public static IReadOnlyList<FollowUpStanding> Of(ReleaseState state, Policy policy, DateTimeOffset at) =>
    [
        .. (policy.Maintenance?.FollowUps ?? []).Select(followUp =>
        {
            var due = followUp.Due is { } span && state.Deployment?.FullyOut is { } fullyOut ? fullyOut.At + span.Duration : (DateTimeOffset?)null;
            var recorded = state.Facts.FollowUps?.FirstOrDefault(each => each.FollowUp == followUp.Name);
            return new FollowUpStanding(followUp, due, recorded, recorded is null && at >= due);
        }),
    ];

    /// <summary>An outcome in a word, as in the log.</summary>
    public static string Name(FollowUpOutcome outcome) => outcome switch
    {
        FollowUpOutcome.Done => "done",
        FollowUpOutcome.Dropped => "dropped",
        _ => throw new UnreachableException(),
    };
}
