using System.Text.Json;

namespace Ledger.Cli.Contract;

/// <summary>What POST /v1/policies answers.</summary>
internal sealed record PolicyPublished(PolicyRef Policy, Receipt Receipt) : IRecorded;

/// <summary>One version of a policy.</summary>
internal sealed record PolicyRef(string Name, long Version, string Digest);

/// <summary>What GET /v1/policies answers.</summary>
internal sealed record PolicyList(IReadOnlyList<ListedPolicy> Policies);

/// <summary>One line of <see cref="PolicyList"/>.</summary>
internal sealed record ListedPolicy(string Name, long Version, string Digest, string PublishedAt);

/// <summary>What GET /v1/policies/{name} answers.</summary>
internal sealed record PolicyShown(PolicyRef Policy, JsonElement Document);

/// <summary>What POST /v1/releases answers, as far as the command line needs it.</summary>
internal sealed record Recorded(Receipt Receipt) : IRecorded;

/// <summary>What POST …/close answers.</summary>
internal sealed record ClosedAnswer(Receipt Receipt, IReadOnlyList<string>? OpenFollowUps = null) : IRecorded;

/// <summary>What POST …/follow-ups/{name} answers.</summary>
internal sealed record FollowUpRecorded(string FollowUp, string Outcome, IReadOnlyList<string> Open, Receipt Receipt) : IRecorded;

/// <summary>What any command answers, as far as one that was kept needs it.</summary>
internal sealed record Delivered(Receipt? Receipt = null, IReadOnlyList<EventOutcome>? Events = null);

/// <summary>What GET /v1/releases answers: one page.</summary>
internal sealed record ReleasePage(IReadOnlyList<ListedRelease> Releases, string? Next = null);

/// <summary>One line of <see cref="ReleasePage"/>.</summary>
internal sealed record ListedRelease(
    string Release, string Commit, string Environment, string OpenedAt, string Verdict, JsonElement Policy = default, JsonElement Closed = default,
    string? State = null, ListedDecision? Decision = null, int OpenFollowUps = 0);

/// <summary>The newest recorded decision about a release of a list.</summary>
internal sealed record ListedDecision(string Verdict);

/// <summary>What GET …/history answers: one page.</summary>
internal sealed record HistoryPage(string Release, IReadOnlyList<PastEvent> Events, string? Next = null);

/// <summary>One event of a release.</summary>
internal sealed record PastEvent(long Sequence, long Version, string Type, string At, PastActor Actor, JsonElement Data, string LeafHash);

/// <summary>Who did it.</summary>
internal sealed record PastActor(string Id, string Role);

/// <summary>What POST …/attestations answers.</summary>
internal sealed record Attested(string Gate, bool Met, string GateOutcome, string Verdict, Receipt Receipt) : IRecorded;

/// <summary>What POST …/waivers answers.</summary>
internal sealed record Waived(string Gate, string Until, string GateOutcome, string Verdict, Receipt Receipt) : IRecorded;

/// <summary>What GET /v1/events/{sequence} answers.</summary>
internal sealed record LoggedEvent(long Sequence, long LeafIndex, string Leaf, string LeafHash);

/// <summary>What GET /v1/proofs/inclusion answers; only <paramref name="Proof"/> is believed, and only once it verifies.</summary>
internal sealed record InclusionAnswer(long Sequence, long LeafIndex, string Proof);

/// <summary>What GET /v1/log answers.</summary>
internal sealed record LogAnswer(string Origin, string VerifierKey, string Checkpoint);

/// <summary>What GET /v1/proofs/consistency answers; only <paramref name="Checkpoint"/> is believed, and only with <paramref name="Hashes"/> that prove it.</summary>
internal sealed record ConsistencyAnswer(IReadOnlyList<string> Hashes, string Checkpoint);

/// <summary>What GET /v1/whoami answers.</summary>
internal sealed record Identity(string Subject, string Role, IReadOnlyList<string> Services);

/// <summary>What POST /v1/tokens answers.</summary>
internal sealed record IssuedToken(string Token, string Subject, string Role, IReadOnlyList<string> Services, string? ExpiresAt = null);

/// <summary>PUT …/sandbox/clock: where a sandbox's clock stands; without a time it runs.</summary>
internal sealed record ClockAnswer(Receipt Receipt, string? Time = null) : IRecorded;
