using System.Text.Json;
using System.Text.Json.Serialization;

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

/// <summary>A public key as a signer hands it in: PEM text or a JWK.</summary>
internal sealed record KeyBody(JsonElement PublicKey, string? Algorithm, string? NotBefore, string? NotAfter);

/// <summary>POST /v1/signers.</summary>
internal sealed record EnrolBody(string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Accounts, KeyBody? Key);

/// <summary>POST /v1/signers/{id}/changes.</summary>
internal sealed record ChangeBody(IReadOnlyList<string> Roles, IReadOnlyList<string> Accounts, string Reason);

/// <summary>POST /v1/signers/{id}/keys.</summary>
internal sealed record AddKeyBody(JsonElement PublicKey, string? Algorithm, string? NotBefore, string? NotAfter, string? Replaces);

/// <summary>POST /v1/signers/{id}/keys/{key}/revocation.</summary>
internal sealed record RevokeBody(string Reason);

/// <summary>POST …/sign-offs/withdrawal.</summary>
internal sealed record WithdrawBody(string Signer, string Reason);

/// <summary>POST …/decision.</summary>
internal sealed record DecideBody(string Verdict, string? Reason, string? Emergency);

/// <summary>PUT …/sandbox/clock; null lets the clock run.</summary>
internal sealed record ClockBody([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Time);
