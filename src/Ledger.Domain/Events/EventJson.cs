using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.FollowUps;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Signers;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Events;

/// <summary>Every event of the ledger as JSON, both ways. Thread-safe.</summary>
public static class EventJson
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal)
    {
        ["ledger_created"] = DomainJson.Default.LogCreated,
        ["sandbox_clock_set"] = DomainJson.Default.SandboxClockSet,
        ["policy_published"] = DomainJson.Default.PolicyPublished,
        ["release_opened"] = DomainJson.Default.ReleaseOpened,
        ["gate_reported"] = DomainJson.Default.GateReported,
        ["gate_attested"] = DomainJson.Default.GateAttested,
        ["gate_waived"] = DomainJson.Default.GateWaived,
        ["signed_off"] = DomainJson.Default.SignedOff,
        ["sign_off_withdrawn"] = DomainJson.Default.SignOffWithdrawn,
        ["decision_made"] = DomainJson.Default.DecisionMade,
        ["deployment_started"] = DomainJson.Default.DeploymentStarted,
        ["canary_step_started"] = DomainJson.Default.CanaryStepStarted,
        ["analysis_measured"] = DomainJson.Default.AnalysisMeasured,
        ["canary_step_completed"] = DomainJson.Default.CanaryStepCompleted,
        ["deployment_paused"] = DomainJson.Default.DeploymentPaused,
        ["deployment_resumed"] = DomainJson.Default.DeploymentResumed,
        ["deployment_promoted"] = DomainJson.Default.DeploymentPromoted,
        ["deployment_aborted"] = DomainJson.Default.DeploymentAborted,
        ["traffic_switched"] = DomainJson.Default.TrafficSwitched,
        ["deviation_recorded"] = DomainJson.Default.DeviationRecorded,
        ["rollback_triggered"] = DomainJson.Default.RollbackTriggered,
        ["rollback_started"] = DomainJson.Default.RollbackStarted,
        ["rollback_completed"] = DomainJson.Default.RollbackCompleted,
        ["rollback_verified"] = DomainJson.Default.RollbackVerified,
        ["rollback_rehearsed"] = DomainJson.Default.RollbackRehearsed,
        ["post_deployment_checked"] = DomainJson.Default.PostDeploymentChecked,
        ["watch_ended"] = DomainJson.Default.WatchEnded,
        ["deadline_passed"] = DomainJson.Default.DeadlinePassed,
        ["follow_up_recorded"] = DomainJson.Default.FollowUpRecorded,
        ["external_event_kept"] = DomainJson.Default.ExternalEventKept,
        ["external_event_received"] = DomainJson.Default.ExternalEventReceived,
        ["external_event_assigned"] = DomainJson.Default.ExternalEventAssigned,
        ["signer_enrolled"] = DomainJson.Default.SignerEnrolled,
        ["signer_changed"] = DomainJson.Default.SignerChanged,
        ["signer_key_added"] = DomainJson.Default.SignerKeyAdded,
        ["signer_key_revoked"] = DomainJson.Default.SignerKeyRevoked,
        ["release_closed"] = DomainJson.Default.ReleaseClosed,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of all events, sorted.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    private static readonly FrozenDictionary<string, string> DotNetTypes = ByName.ToFrozenDictionary(
        entry => entry.Key, entry => $"{entry.Value.Type.FullName}, {entry.Value.Type.Assembly.GetName().Name}", StringComparer.Ordinal);

    /// <summary>The .NET type of an event as Marten writes it: <c>Namespace.Outer+Inner, Assembly</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no event of that name.</exception>
    public static string DotNetType(string type) => DotNetTypes[type];

    /// <summary>Writes an event's data.</summary>
    public static void Write(Utf8JsonWriter writer, LedgerEvent @event)
    {
        switch (@event)
        {
            case DeploymentEvent.Measured analysisMeasured: JsonSerializer.Serialize(writer, analysisMeasured, DomainJson.Default.AnalysisMeasured); break;
            case ReleaseEvent.GateReported reported: JsonSerializer.Serialize(writer, reported, DomainJson.Default.GateReported); break;
            case ReleaseEvent.GateAttested attested: JsonSerializer.Serialize(writer, attested, DomainJson.Default.GateAttested); break;
            case ReleaseEvent.GateWaived waived: JsonSerializer.Serialize(writer, waived, DomainJson.Default.GateWaived); break;
            case ReleaseEvent.Opened opened: JsonSerializer.Serialize(writer, opened, DomainJson.Default.ReleaseOpened); break;
            case ReleaseEvent.SignedOff signed: JsonSerializer.Serialize(writer, signed, DomainJson.Default.SignedOff); break;
            case ReleaseEvent.SignOffWithdrawn withdrawn: JsonSerializer.Serialize(writer, withdrawn, DomainJson.Default.SignOffWithdrawn); break;
            case ReleaseEvent.DecisionMade made: JsonSerializer.Serialize(writer, made, DomainJson.Default.DecisionMade); break;
            case DeploymentEvent.Started deploymentStarted: JsonSerializer.Serialize(writer, deploymentStarted, DomainJson.Default.DeploymentStarted); break;
            case DeploymentEvent.StepStarted canaryStepStarted: JsonSerializer.Serialize(writer, canaryStepStarted, DomainJson.Default.CanaryStepStarted); break;
            case DeploymentEvent.StepCompleted canaryStepCompleted: JsonSerializer.Serialize(writer, canaryStepCompleted, DomainJson.Default.CanaryStepCompleted); break;
            case DeploymentEvent.Paused deploymentPaused: JsonSerializer.Serialize(writer, deploymentPaused, DomainJson.Default.DeploymentPaused); break;
            case DeploymentEvent.Resumed deploymentResumed: JsonSerializer.Serialize(writer, deploymentResumed, DomainJson.Default.DeploymentResumed); break;
            case DeploymentEvent.Promoted deploymentPromoted: JsonSerializer.Serialize(writer, deploymentPromoted, DomainJson.Default.DeploymentPromoted); break;
            case DeploymentEvent.Aborted deploymentAborted: JsonSerializer.Serialize(writer, deploymentAborted, DomainJson.Default.DeploymentAborted); break;
            case DeploymentEvent.TrafficSwitched trafficSwitched: JsonSerializer.Serialize(writer, trafficSwitched, DomainJson.Default.TrafficSwitched); break;
            case DeploymentEvent.DeviationRecorded deviationRecorded: JsonSerializer.Serialize(writer, deviationRecorded, DomainJson.Default.DeviationRecorded); break;
            case RollbackEvent.Triggered rollbackTriggered: JsonSerializer.Serialize(writer, rollbackTriggered, DomainJson.Default.RollbackTriggered); break;
            case RollbackEvent.Started rollbackStarted: JsonSerializer.Serialize(writer, rollbackStarted, DomainJson.Default.RollbackStarted); break;
            case RollbackEvent.Completed rollbackCompleted: JsonSerializer.Serialize(writer, rollbackCompleted, DomainJson.Default.RollbackCompleted); break;
            case RollbackEvent.Verified rollbackVerified: JsonSerializer.Serialize(writer, rollbackVerified, DomainJson.Default.RollbackVerified); break;
            case RollbackEvent.Rehearsed rollbackRehearsed: JsonSerializer.Serialize(writer, rollbackRehearsed, DomainJson.Default.RollbackRehearsed); break;
            case WatchEvent.Checked postDeploymentChecked: JsonSerializer.Serialize(writer, postDeploymentChecked, DomainJson.Default.PostDeploymentChecked); break;
            case WatchEvent.Ended watchEnded: JsonSerializer.Serialize(writer, watchEnded, DomainJson.Default.WatchEnded); break;
            case DeadlineEvent.Passed deadlinePassed: JsonSerializer.Serialize(writer, deadlinePassed, DomainJson.Default.DeadlinePassed); break;
            case FollowUpEvent.Recorded followUpRecorded: JsonSerializer.Serialize(writer, followUpRecorded, DomainJson.Default.FollowUpRecorded); break;
            case ExternalEvent.Kept externalEventKept: JsonSerializer.Serialize(writer, externalEventKept, DomainJson.Default.ExternalEventKept); break;
            case InboxEvent.Received received: JsonSerializer.Serialize(writer, received, DomainJson.Default.ExternalEventReceived); break;
            case InboxEvent.Assigned assigned: JsonSerializer.Serialize(writer, assigned, DomainJson.Default.ExternalEventAssigned); break;
            case SignerEvent.Enrolled enrolled: JsonSerializer.Serialize(writer, enrolled, DomainJson.Default.SignerEnrolled); break;
            case SignerEvent.Changed changed: JsonSerializer.Serialize(writer, changed, DomainJson.Default.SignerChanged); break;
            case SignerEvent.KeyAdded added: JsonSerializer.Serialize(writer, added, DomainJson.Default.SignerKeyAdded); break;
            case SignerEvent.KeyRevoked revoked: JsonSerializer.Serialize(writer, revoked, DomainJson.Default.SignerKeyRevoked); break;
            case ReleaseEvent.Closed closed: JsonSerializer.Serialize(writer, closed, DomainJson.Default.ReleaseClosed); break;
            case PolicyEvent.Published published: JsonSerializer.Serialize(writer, published, DomainJson.Default.PolicyPublished); break;
            case LogEvent.Created created: JsonSerializer.Serialize(writer, created, DomainJson.Default.LogCreated); break;
            case LogEvent.SandboxClockSet clockSet: JsonSerializer.Serialize(writer, clockSet, DomainJson.Default.SandboxClockSet); break;
            default: throw new UnreachableException();
        }
    }

    /// <summary>Reads an event's data.</summary>
    /// <param name="type">The event's name in the log.</param>
    /// <param name="utf8">Its data.</param>
    /// <exception cref="JsonException">The name is unknown, or the data is not of that event. A reader must not step over it.</exception>
    public static LedgerEvent Read(string type, ReadOnlySpan<byte> utf8)
    {
        if (type == "gate_reported" && GateReportedReader.TryRead(utf8) is { } reported) return reported;
        if (!ByName.TryGetValue(type, out var info)) throw new JsonException($"there is no event '{type}'");
        return JsonSerializer.Deserialize(utf8, info) as LedgerEvent ?? throw new JsonException($"the data of '{type}' is null");
    }
}
