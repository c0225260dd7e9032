using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;

namespace Ledger.Store.Releases;

/// <summary>Which releases are looked for, and in which order. Everything here is found by an index.</summary>
public sealed record ReleaseSearch
{
    /// <summary>Only of these services; null for all.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>Of this version exactly.</summary>
    public string? Version { get; init; }

    /// <summary>For this environment.</summary>
    public string? Environment { get; init; }

    /// <summary>Of a commit that begins with this.</summary>
    public string? Commit { get; init; }

    /// <summary>With this artifact.</summary>
    public Digest? Artifact { get; init; }

    /// <summary>That pinned a version of the policy of this name.</summary>
    public string? Policy { get; init; }

    /// <summary>To which this tool reported.</summary>
    public string? Tool { get; init; }

    /// <summary>That this signer signed, now standing or not.</summary>
    public string? Signer { get; init; }

    /// <summary>That somebody signed in this role.</summary>
    public string? Role { get; init; }

    /// <summary>With a waiver of this gate, ended or not; the empty name for any gate.</summary>
    public string? WaivedGate { get; init; }

    /// <summary>Opened at this time or later.</summary>
    public DateTimeOffset? OpenedFrom { get; init; }

    /// <summary>Opened before this time.</summary>
    public DateTimeOffset? OpenedTo { get; init; }

    /// <summary>For which this was recorded as the decision.</summary>
    public Verdict? Decision { get; init; }

    /// <summary>Decided, in whichever way, at this time or later.</summary>
    public DateTimeOffset? DecidedFrom { get; init; }

    /// <summary>Decided before this time.</summary>
    public DateTimeOffset? DecidedTo { get; init; }

    /// <summary>That ended so.</summary>
    public CloseOutcome? Closed { get; init; }

    /// <summary>Ended, in whichever way, at this time or later.</summary>
    public DateTimeOffset? EndedFrom { get; init; }

    /// <summary>Ended before this time.</summary>
    public DateTimeOffset? EndedTo { get; init; }

    /// <summary>What is looked for of their way to their users; null for anything.</summary>
    public DeploymentSearch? Deployment { get; init; }

    /// <summary>With all of these words, as <c>ledger_words</c> would part them, the last of which may be a beginning.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>As the log was then; null for the present.</summary>
    public AsOf? AsOf { get; init; }

    /// <summary>By what they are ordered.</summary>
    public ReleaseOrder Order { get; init; }

    /// <summary>Whether the greatest comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>Whether those to which that by which they are ordered did not happen come before all others, not after them. Among themselves they are ordered as they were opened.</summary>
    public bool AbsentFirst { get; init; }

    /// <summary>The same from its end.</summary>
    public ReleaseSearch Reversed() => this with { Descending = !Descending, AbsentFirst = !AbsentFirst };
}

/// <summary>What releases are ordered by. Each names a release, so that no two are equal.</summary>
public enum ReleaseOrder
{
    /// <summary>When they were opened: their place in the log.</summary>
    Opened,

    /// <summary>Their name, <c>service/version</c>, byte by byte.</summary>
    Name,

    /// <summary>When their newest decision was recorded, if any was.</summary>
    Decided,

    /// <summary>When they ended, if they did.</summary>
    Closed,

    /// <summary>When their newest event was appended. It costs what the events cost that lie between, as far as they are not the last of their releases.</summary>
    Changed,
}

/// <summary>A release that was found.</summary>
/// <param name="Release">Which one.</param>
/// <param name="Opened">The place in the log of the event that opened it.</param>
/// <param name="Key">The place in the log of the event that it is ordered by, where that is another; null where there is none.</param>
public sealed record ReleaseHit(ReleaseId Release, long Opened, long? Key = null);
