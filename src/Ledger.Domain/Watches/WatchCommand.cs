using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Watches;

/// <summary>What may be asked of a release that is out.</summary>
public abstract record WatchCommand : ReleaseCommand
{
    private WatchCommand(ReleaseId release) : base(release) { }

    /// <summary>Bring in what a check of the watch, or a success criterion, came to.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="List">Which list of the policy the check is from.</param>
    /// <param name="Check">Its name there.</param>
    /// <param name="Source">Where it was looked up; on one line.</param>
    /// <param name="Value">What was measured, where the policy says how it is compared; null where the source could not tell.</param>
    /// <param name="Unit">The unit of the value.</param>
    /// <param name="Met">What a person attests, where the policy does not say how it is measured.</param>
    /// <param name="Note">What was seen; needed where a person attests.</param>
    /// <param name="SupersedeReason">Why it counts in place of a red one.</param>
    public sealed record RecordCheck(
        ReleaseId Release,
        CheckList List,
        string Check,
        string Source,
        double? Value = null,
        Unit? Unit = null,
        bool? Met = null,
        string? Note = null,
        string? SupersedeReason = null) : WatchCommand(Release)
    {
        internal override string Act => "check a release after its deployment";
    }
}
