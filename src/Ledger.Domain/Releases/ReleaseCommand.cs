using Ledger.Domain.SignOffs;

namespace Ledger.Domain.Releases;

/// <summary>What may be asked of a release.</summary>
public abstract record ReleaseCommand : LedgerCommand
{
    private protected ReleaseCommand(ReleaseId release) => Release = release;

    /// <summary>The release it is about.</summary>
    public ReleaseId Release { get; }

    internal override string Stream => Release.StreamKey;

    /// <summary>Announce a release and pin its policy: the newest version published under the name, or the one asked for.</summary>
    public sealed record Open(
        ReleaseId Release,
        string Policy,
        string Commit,
        IReadOnlyList<Artifact> Artifacts,
        string Environment,
        long? PolicyVersion = null,
        string? Tag = null,
        MaintenanceWindow? Window = null,
        DateTimeOffset? DecideBy = null,
        string? Summary = null,
        Risk? Risk = null) : ReleaseCommand(Release)
    {
        internal override string Act => "open a release";
    }

    /// <summary>Bring in a tool's report under a gate.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Gate">The gate's name.</param>
    /// <param name="Report">The report as read.</param>
    /// <param name="SupersedeReason">Why it counts in place of a red one.</param>
    public sealed record ReportGate(ReleaseId Release, string Gate, ReportContent Report, string? SupersedeReason = null) : ReleaseCommand(Release)
    {
        internal override string Act => "report a gate";
    }

    /// <summary>State a fact as a person.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Gate">A gate, or a NO-GO condition that is not measured.</param>
    /// <param name="Checks">The sub-checks meant; empty means the gate as a whole, with all of them.</param>
    /// <param name="Met">True: met (of a condition: absent). False: not met (present).</param>
    /// <param name="Note">What was seen.</param>
    /// <param name="EvidenceLink">Where it can be seen, if anywhere.</param>
    /// <param name="SupersedeReason">Why it counts in place of a red one.</param>
    public sealed record AttestGate(
        ReleaseId Release,
        string Gate,
        IReadOnlyList<string> Checks,
        bool Met,
        string Note,
        string? EvidenceLink = null,
        string? SupersedeReason = null) : ReleaseCommand(Release)
    {
        internal override string Act => "attest a gate";
    }

    /// <summary>Answer for going without a gate until a stated time.</summary>
    public sealed record WaiveGate(ReleaseId Release, string Gate, string Owner, string Reason, string Control, DateTimeOffset Until) : ReleaseCommand(Release)
    {
        internal override string Act => "waive a gate";
    }

    /// <summary>Put a name to the release as it stands.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Signed">The statement, whose signature was found to be right.</param>
    public sealed record SignOff(ReleaseId Release, SignedStatement Signed) : ReleaseCommand(Release)
    {
        internal override string Act => "sign a release off";
    }

    /// <summary>Take the newest sign-off of a signer back.</summary>
    public sealed record WithdrawSignOff(ReleaseId Release, string Signer, string Reason) : ReleaseCommand(Release)
    {
        internal override string Act => "withdraw a sign-off";
    }

    /// <summary>Record GO or NO_GO.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Go">True for GO.</param>
    /// <param name="Reason">Why; needed for NO_GO.</param>
    /// <param name="EmergencyReason">Why it must go before its approvals are complete; null where they are.</param>
    public sealed record Decide(ReleaseId Release, bool Go, string? Reason = null, string? EmergencyReason = null) : ReleaseCommand(Release)
    {
        internal override string Act => "decide about a release";
    }

    /// <summary>End the release's story.</summary>
    public sealed record Close(ReleaseId Release, CloseOutcome Outcome, string Reason) : ReleaseCommand(Release)
    {
        internal override string Act => "close a release";
    }
}
