using Ledger.Domain.Releases;

namespace Ledger.Domain.Deadlines;

/// <summary>What the ledger's own clock asks of a release.</summary>
public abstract record DeadlineCommand : ReleaseCommand
{
    private DeadlineCommand(ReleaseId release) : base(release) { }

    /// <summary>Let every deadline that is due take effect. Each does so once: refused where none is due that has not done so already.</summary>
    public sealed record Pass(ReleaseId Release) : DeadlineCommand(Release)
    {
        internal override string Act => "let deadlines pass";
    }
}
