using Ledger.Domain.Releases;

namespace Ledger.Domain.Deadlines;

/// <summary>What the ledger's own clock asks of a release.</summary>
public abstract record DeadlineCommand : ReleaseCommand
{
    private DeadlineCommand(ReleaseId release) : base(release) { }

    /// <summary>Let every deadline that is due take effect. Each does so once: refused where none is due that has not done so already.</summary>
    /// <param name="Release">Whose.</param>
    /// <param name="At">When, in a sandbox whose clock is moved past that time; null everywhere else: the present.</param>
    public sealed record Pass(ReleaseId Release, DateTimeOffset? At = null) : DeadlineCommand(Release)
    {
        internal override string Act => "let deadlines pass";
    }
}
