using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ledger.Domain.Events;

/// <summary>Every event of the ledger as JSON, both ways. Thread-safe.</summary>
public static class EventJson
{
    // Made when first asked for: a command that reads a few kinds of events prepares no others.
    private static readonly Dictionary<string, Func<JsonTypeInfo>> ByName = new(StringComparer.Ordinal)
    {
        ["ledger_created"] = () => DomainJson.Default.LogCreated,
        ["sandbox_clock_set"] = () => DomainJson.Default.SandboxClockSet,
        ["policy_published"] = () => DomainJson.Default.PolicyPublished,
        ["release_opened"] = () => DomainJson.Default.ReleaseOpened,
        ["gate_reported"] = () => DomainJson.Default.GateReported,
        ["gate_attested"] = () => DomainJson.Default.GateAttested,
        ["gate_waived"] = () => DomainJson.Default.GateWaived,
        ["signed_off"] = () => DomainJson.Default.SignedOff,
        ["sign_off_withdrawn"] = () => DomainJson.Default.SignOffWithdrawn,
        ["decision_made"] = () => DomainJson.Default.DecisionMade,
        ["deployment_started"] = () => DomainJson.Default.DeploymentStarted,
        ["canary_step_started"] = () => DomainJson.Default.CanaryStepStarted,
        ["analysis_measured"] = () => DomainJson.Default.AnalysisMeasured,
        ["canary_step_completed"] = () => DomainJson.Default.CanaryStepCompleted,
        ["deployment_paused"] = () => DomainJson.Default.DeploymentPaused,
        ["deployment_resumed"] = () => DomainJson.Default.DeploymentResumed,
        ["deployment_promoted"] = () => DomainJson.Default.DeploymentPromoted,
        ["deployment_aborted"] = () => DomainJson.Default.DeploymentAborted,
        ["traffic_switched"] = () => DomainJson.Default.TrafficSwitched,
        ["deviation_recorded"] = () => DomainJson.Default.DeviationRecorded,
        ["rollback_triggered"] = () => DomainJson.Default.RollbackTriggered,
        ["rollback_started"] = () => DomainJson.Default.RollbackStarted,
        ["rollback_completed"] = () => DomainJson.Default.RollbackCompleted,
        ["rollback_verified"] = () => DomainJson.Default.RollbackVerified,
        ["rollback_rehearsed"] = () => DomainJson.Default.RollbackRehearsed,
        ["post_deployment_checked"] = () => DomainJson.Default.PostDeploymentChecked,
        ["watch_ended"] = () => DomainJson.Default.WatchEnded,
        ["deadline_passed"] = () => DomainJson.Default.DeadlinePassed,
        ["follow_up_recorded"] = () => DomainJson.Default.FollowUpRecorded,
        ["external_event_kept"] = () => DomainJson.Default.ExternalEventKept,
        ["external_event_received"] = () => DomainJson.Default.ExternalEventReceived,
        ["external_event_assigned"] = () => DomainJson.Default.ExternalEventAssigned,
        ["signer_enrolled"] = () => DomainJson.Default.SignerEnrolled,
        ["signer_changed"] = () => DomainJson.Default.SignerChanged,
        ["signer_key_added"] = () => DomainJson.Default.SignerKeyAdded,
        ["signer_key_revoked"] = () => DomainJson.Default.SignerKeyRevoked,
        ["release_closed"] = () => DomainJson.Default.ReleaseClosed,
    };

    /// <summary>The names of all events, sorted.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The .NET type of an event as Marten writes it: <c>Namespace.Outer+Inner, Assembly</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no event of that name.</exception>
    public static string DotNetType(string type) => DotNetTypes.ByName[type];

    /// <summary>Writes an event's data.</summary>
    public static void Write(Utf8JsonWriter writer, LedgerEvent @event) => JsonSerializer.Serialize(writer, @event, ByName[@event.Type]());

    /// <summary>Reads an event's data.</summary>
    /// <param name="type">The event's name in the log.</param>
    /// <param name="utf8">Its data.</param>
    /// <exception cref="JsonException">The name is unknown, or the data is not of that event. A reader must not step over it.</exception>
    public static LedgerEvent Read(string type, ReadOnlySpan<byte> utf8)
    {
        if (type == "gate_reported" && GateReportedReader.TryRead(utf8) is { } reported) return reported;
        if (!ByName.TryGetValue(type, out var info)) throw new JsonException($"there is no event '{type}'");
        return JsonSerializer.Deserialize(utf8, info()) as LedgerEvent ?? throw new JsonException($"the data of '{type}' is null");
    }

    // Apart, for only who writes events or audits them asks for these.
    private static class DotNetTypes
    {
        internal static readonly FrozenDictionary<string, string> ByName = EventJson.ByName.ToFrozenDictionary(
            entry => entry.Key, entry => Name(entry.Value().Type), StringComparer.Ordinal);

        private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
    }
}
