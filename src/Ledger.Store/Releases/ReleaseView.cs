using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Store.Releases;

/// <summary>A release as it stood, with all that its go/no-go needs.</summary>
/// <param name="Release">Which one.</param>
/// <param name="State">What its events come to.</param>
/// <param name="Policy">The policy it pinned.</param>
/// <param name="At">The time to judge it at: now, by the log's clock, or the time that was asked for.</param>
public sealed record ReleaseView(ReleaseId Release, ReleaseState State, PublishedPolicy Policy, DateTimeOffset At)
{
    /// <summary>Its go/no-go.</summary>
    public ReleaseStanding Standing() => ReleaseJudge.Judge(State, Policy, At);
}
