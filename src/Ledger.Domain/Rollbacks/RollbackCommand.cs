using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Rollbacks;

/// <summary>What may be asked about taking a release back. With an <see cref="Observation"/> a command says that it has happened already.</summary>
public abstract record RollbackCommand : ReleaseCommand
{
    private RollbackCommand(ReleaseId release) : base(release) { }

    /// <summary>Begin the way back.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Cause">A rule that fired, or a person.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Person">Who decided it; asked for where no rule did.</param>
    /// <param name="Observed">Where it has happened already.</param>
    public sealed record Start(ReleaseId Release, RollbackCause Cause, string Reason, string? Person = null, Observation? Observed = null) : RollbackCommand(Release)
    {
        internal override string Act => "start a rollback";
    }

    /// <summary>Say that what was there before is there again.</summary>
    public sealed record Complete(ReleaseId Release, Observation? Observed = null) : RollbackCommand(Release)
    {
        internal override string Act => "complete a rollback";
    }

    /// <summary>Say what was found of it.</summary>
    public sealed record Verify(ReleaseId Release, bool Works, string Note, string? EvidenceLink = null) : RollbackCommand(Release)
    {
        internal override string Act => "verify a rollback";
    }

    /// <summary>Bring in a rehearsal.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Duration">How long the way back took; more than nothing.</param>
    /// <param name="Note">What was done and seen.</param>
    /// <param name="Checks">Which checks of the rehearsal gate it shows; empty for all of them.</param>
    /// <param name="Report">What was measured, where the rehearsal gate asks for measurements; null where it does not.</param>
    /// <param name="EvidenceLink">Where it can be seen.</param>
    /// <param name="SupersedeReason">Why it counts in place of a red one.</param>
    public sealed record Rehearse(
        ReleaseId Release,
        TimeSpan Duration,
        string Note,
        IReadOnlyList<string> Checks,
        ReportContent? Report = null,
        string? EvidenceLink = null,
        string? SupersedeReason = null) : RollbackCommand(Release)
    {
        internal override string Act => "record a rehearsed rollback";
    }
}
