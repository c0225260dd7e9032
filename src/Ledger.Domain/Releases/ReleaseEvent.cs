using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.SignOffs;

namespace Ledger.Domain.Releases;

/// <summary>What happens to a release. Each is a storage format: <c>schema/json/events.schema.json</c> describes it.</summary>
public abstract record ReleaseEvent : LedgerEvent
{
    private protected ReleaseEvent() { }

    /// <summary>A release was announced, and its policy pinned.</summary>
    public sealed record Opened(
        [property: JsonPropertyName("service")] string Service,
        [property: JsonPropertyName("version")] string Version,
        [property: JsonPropertyName("commit")] string Commit,
        [property: JsonPropertyName("artifacts")] IReadOnlyList<Artifact> Artifacts,
        [property: JsonPropertyName("environment")] string Environment,
        [property: JsonPropertyName("policy")] PolicyReference Policy,
        [property: JsonPropertyName("tag"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tag = null,
        [property: JsonPropertyName("window"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MaintenanceWindow? Window = null,
        [property: JsonPropertyName("decideBy"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? DecideBy = null,
        [property: JsonPropertyName("summary"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Summary = null,
        [property: JsonPropertyName("risk"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Risk? Risk = null) : ReleaseEvent
    {
        internal override string WireName => "release_opened";
    }

    /// <summary>A tool's report came in under a gate, was measured, and held against the gate's criteria.</summary>
    public sealed record GateReported(
        [property: JsonPropertyName("gate")] string Gate,
        [property: JsonPropertyName("tool")] string Tool,
        [property: JsonPropertyName("evidence")] Evidence Evidence,
        [property: JsonPropertyName("measurements")] IReadOnlyList<Measurement> Measurements,
        [property: JsonPropertyName("outcome")] Outcome Outcome,
        [property: JsonPropertyName("results")] IReadOnlyList<CriterionResult> Results,
        [property: JsonPropertyName("conditions")] IReadOnlyList<ConditionResult> Conditions,
        [property: JsonPropertyName("redactions")] int Redactions,
        [property: JsonPropertyName("notEvaluatedBecause"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NotEvaluatedBecause = null,
        [property: JsonPropertyName("supersedes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Supersedes? Supersedes = null) : ReleaseEvent
    {
        internal override string WireName => "gate_reported";
    }

    /// <summary>A person stated a fact: that checks of a gate are met or are not, or that a NO-GO condition is absent or present.</summary>
    public sealed record GateAttested(
        [property: JsonPropertyName("gate")] string Gate,
        [property: JsonPropertyName("checks")] IReadOnlyList<string> Checks,
        [property: JsonPropertyName("met")] bool Met,
        [property: JsonPropertyName("note")] string Note,
        [property: JsonPropertyName("evidence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EvidenceLink = null,
        [property: JsonPropertyName("supersedes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Supersedes? Supersedes = null) : ReleaseEvent
    {
        internal override string WireName => "gate_attested";
    }

    /// <summary>Somebody answers for going without a gate, until a stated time.</summary>
    public sealed record GateWaived(
        [property: JsonPropertyName("gate")] string Gate,
        [property: JsonPropertyName("owner")] string Owner,
        [property: JsonPropertyName("reason")] string Reason,
        [property: JsonPropertyName("control")] string Control,
        [property: JsonPropertyName("until"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Until) : ReleaseEvent
    {
        internal override string WireName => "gate_waived";
    }

    /// <summary>A person put their name to the release as it stood, by a signed statement.</summary>
    /// <param name="Stage">The stage of the sign-off chain.</param>
    /// <param name="Role">The role signed in.</param>
    /// <param name="Signer">The signer's id.</param>
    /// <param name="Name">The printed name.</param>
    /// <param name="Decision">Approval or rejection.</param>
    /// <param name="Meaning">What the signature means.</param>
    /// <param name="Statement">SHA-256 of the statement's bytes.</param>
    /// <param name="Key">The id of the key that signed it.</param>
    /// <param name="Envelope">The statement and the signature: everything above is in it too, and counts as it stands there.</param>
    /// <param name="Previous">The statement of the sign-off before this one.</param>
    public sealed record SignedOff(
        [property: JsonPropertyName("stage")] string Stage,
        [property: JsonPropertyName("role")] string Role,
        [property: JsonPropertyName("signer")] string Signer,
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("decision")] SignOffChoice Decision,
        [property: JsonPropertyName("meaning")] string Meaning,
        [property: JsonPropertyName("statement")] Digest Statement,
        [property: JsonPropertyName("key")] Digest Key,
        [property: JsonPropertyName("envelope")] SignOffEnvelope Envelope,
        [property: JsonPropertyName("previous"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Digest? Previous = null) : ReleaseEvent
    {
        internal override string WireName => "signed_off";
    }

    /// <summary>A sign-off was taken back.</summary>
    public sealed record SignOffWithdrawn(
        [property: JsonPropertyName("statement")] Digest Statement,
        [property: JsonPropertyName("signer")] string Signer,
        [property: JsonPropertyName("reason")] string Reason) : ReleaseEvent
    {
        internal override string WireName => "sign_off_withdrawn";
    }

    /// <summary>GO or NO_GO was recorded, with everything that it rests on.</summary>
    /// <param name="Verdict">GO or NO_GO.</param>
    /// <param name="Policy">The policy that decided.</param>
    /// <param name="GoNoGo">The go/no-go at that moment.</param>
    /// <param name="Inputs">Every event that it rests on, in log order.</param>
    /// <param name="Reason">Why, in words; always there for NO_GO.</param>
    /// <param name="Emergency">There where approvals are still owed.</param>
    public sealed record DecisionMade(
        [property: JsonPropertyName("verdict")] Verdict Verdict,
        [property: JsonPropertyName("policy")] PolicyReference Policy,
        [property: JsonPropertyName("goNoGo")] GoNoGoSeen GoNoGo,
        [property: JsonPropertyName("inputs")] IReadOnlyList<EventReference> Inputs,
        [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
        [property: JsonPropertyName("emergency"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Emergency? Emergency = null) : ReleaseEvent
    {
        internal override string WireName => "decision_made";
    }

    /// <summary>The release's story ended.</summary>
    public sealed record Closed(
        [property: JsonPropertyName("outcome")] CloseOutcome Outcome,
        [property: JsonPropertyName("reason")] string Reason) : ReleaseEvent
    {
        internal override string WireName => "release_closed";
    }
}
