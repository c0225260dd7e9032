namespace Ledger.Cli.Contract;

/// <summary>Something that is released, by digest.</summary>
internal sealed record ArtifactBody(string Name, string Digest);

/// <summary>When a release may be deployed; RFC 3339.</summary>
internal sealed record WindowBody(string Start, string End);

/// <summary>POST /v1/releases.</summary>
internal sealed record OpenBody(
    string Release,
    string Policy,
    long? PolicyVersion,
    string Commit,
    string? Tag,
    IReadOnlyList<ArtifactBody> Artifacts,
    string Environment,
    WindowBody? Window,
    string? DecideBy,
    string? Summary,
    string? Risk);

/// <summary>POST …/attestations.</summary>
internal sealed record AttestBody(IReadOnlyList<string>? Checks, bool Met, string Note, string? Evidence, string? Supersede);

/// <summary>POST …/waivers.</summary>
internal sealed record WaiveBody(string Owner, string Reason, string Control, string Until);

/// <summary>POST …/close.</summary>
internal sealed record CloseBody(string Outcome, string Reason);

/// <summary>POST /v1/tokens.</summary>
internal sealed record TokenBody(string Role, IReadOnlyList<string> Services, string Subject, string? ExpiresAt);
