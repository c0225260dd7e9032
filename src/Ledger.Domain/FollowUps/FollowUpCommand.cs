using Ledger.Domain.Releases;

namespace Ledger.Domain.FollowUps;

/// <summary>What may be asked about the follow-ups of a release: also once it is closed, for that is when most of them are done.</summary>
public abstract record FollowUpCommand : ReleaseCommand
{
    private FollowUpCommand(ReleaseId release) : base(release) { }

    /// <summary>Say what became of a follow-up.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="FollowUp">Its name in the policy.</param>
    /// <param name="Outcome">What became of it.</param>
    /// <param name="Note">What was done, or why it need not be.</param>
    /// <param name="Reference">Where it can be seen: a ticket, a document, an address; null where nowhere.</param>
    /// <param name="SupersedeReason">Why it counts in place of what was recorded before.</param>
    public sealed record Record(ReleaseId Release, string FollowUp, FollowUpOutcome Outcome, string Note, string? Reference = null, string? SupersedeReason = null) : FollowUpCommand(Release)
    {
        internal override string Act => "record a follow-up";
    }
}
