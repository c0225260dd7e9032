using System.Text.Json.Serialization;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.SignOffs;

namespace Ledger.Domain.GoNoGo;

/// <summary>A release's go/no-go at one time: the same events, policy and time give the same bytes, years later too.</summary>
/// <param name="Verdict">GO only when nothing required is unknown or wrong.</param>
/// <param name="Reasons">Why it is not GO; empty exactly when it is.</param>
/// <param name="Gates">Every gate, in the policy's order.</param>
/// <param name="Conditions">Every NO-GO condition, in the policy's order.</param>
/// <param name="Policy">The policy that decided.</param>
/// <param name="At">The time it was asked for: waivers and deadlines are looked at then.</param>
/// <param name="Last">The newest event it rests on.</param>
/// <param name="SignOff">The sign-off chain; null where the policy asks for none.</param>
/// <param name="Decision">The newest recorded decision; null where there is none.</param>
/// <param name="Deployment">How far it is on its way to its users; null where nothing was heard of that.</param>
public sealed record ReleaseStanding(
    [property: JsonPropertyName("verdict")] Verdict Verdict,
    [property: JsonPropertyName("reasons")] IReadOnlyList<Reason> Reasons,
    [property: JsonPropertyName("gates")] IReadOnlyList<GateStanding> Gates,
    [property: JsonPropertyName("conditions")] IReadOnlyList<ConditionStanding> Conditions,
    [property: JsonPropertyName("policy")] PolicyReference Policy,
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("last")] EventReference Last,
    [property: JsonPropertyName("signOff"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SignOffStanding? SignOff = null,
    [property: JsonPropertyName("decision"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DecisionState? Decision = null,
    [property: JsonPropertyName("deployment"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DeploymentStanding? Deployment = null);
