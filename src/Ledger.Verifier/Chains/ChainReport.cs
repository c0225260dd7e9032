using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.SignOffs;

namespace Ledger.Verifier.Chains;

/// <summary>What verifying a sign-off chain found.</summary>
/// <param name="Release">The release, <c>service/version</c>; empty where its events do not say.</param>
/// <param name="Ledger">The ledger's origin.</param>
/// <param name="Status">What it came to.</param>
/// <param name="Required">Whether the policy asks for sign-offs.</param>
/// <param name="Stages">Every stage, in the policy's order.</param>
/// <param name="Links">Every sign-off there ever was, oldest first.</param>
/// <param name="Reason">The first reason why it is not VALID, snake_case and stable; null when it is.</param>
/// <param name="Detail">That reason for a person; null when it is VALID.</param>
public sealed record ChainReport(
    [property: JsonPropertyName("release")] string Release,
    [property: JsonPropertyName("ledger")] string Ledger,
    [property: JsonPropertyName("status")] ChainStatus Status,
    [property: JsonPropertyName("required")] bool Required,
    [property: JsonPropertyName("stages"), JsonPropertyOrder(1)] IReadOnlyList<StageReport> Stages,
    [property: JsonPropertyName("links"), JsonPropertyOrder(1)] IReadOnlyList<LinkReport> Links,
    [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonPropertyName("detail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null);

/// <summary>One stage of the chain.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Quorum">How many of its roles must approve.</param>
/// <param name="Complete">Whether they have.</param>
public sealed record StageReport(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("quorum")] int Quorum,
    [property: JsonPropertyName("complete")] bool Complete);

/// <summary>One sign-off, as its event states it, and what was found when it was checked.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="Version">Its place in the release's stream, from 1.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Role">The role signed in.</param>
/// <param name="Signer">The signer's id.</param>
/// <param name="Name">The printed name.</param>
/// <param name="Decision">Approval or rejection.</param>
/// <param name="Statement">SHA-256 of the statement.</param>
/// <param name="At">When it was appended.</param>
/// <param name="State">Whether it counts.</param>
/// <param name="Checks">Every check, in the order of <see cref="LinkCheck"/>.</param>
/// <param name="Previous">The statement of the sign-off before; null for the first.</param>
public sealed record LinkReport(
    [property: JsonPropertyName("sequence")] long Sequence,
    [property: JsonPropertyName("version")] long Version,
    [property: JsonPropertyName("stage")] string Stage,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("signer")] string Signer,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("decision")] SignOffChoice Decision,
    [property: JsonPropertyName("statement")] Digest Statement,
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("state")] LinkState State,
    [property: JsonPropertyName("checks"), JsonPropertyOrder(1)] IReadOnlyList<LinkCheckReport> Checks,
    [property: JsonPropertyName("previous"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Digest? Previous = null);

/// <summary>One check of a link.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">What was found, for a person.</param>
public sealed record LinkCheckReport(
    [property: JsonPropertyName("name")] LinkCheck Name,
    [property: JsonPropertyName("outcome")] CheckOutcome Outcome,
    [property: JsonPropertyName("detail")] string Detail);
