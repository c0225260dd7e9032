using System.Text.Json.Serialization;
using Ledger.Domain.Actors;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.FollowUps;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Watches;

namespace Ledger.Domain;

/// <summary>Serialisers made at compile time for everything of the domain that is stored or shown. Thread-safe.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Actor))]
[JsonSerializable(typeof(LogEvent.Created), TypeInfoPropertyName = "LogCreated")]
[JsonSerializable(typeof(LogEvent.SandboxClockSet), TypeInfoPropertyName = "SandboxClockSet")]
[JsonSerializable(typeof(PolicyEvent.Published), TypeInfoPropertyName = "PolicyPublished")]
[JsonSerializable(typeof(ReleaseEvent.Opened), TypeInfoPropertyName = "ReleaseOpened")]
[JsonSerializable(typeof(ReleaseEvent.GateReported), TypeInfoPropertyName = "GateReported")]
[JsonSerializable(typeof(ReleaseEvent.GateAttested), TypeInfoPropertyName = "GateAttested")]
[JsonSerializable(typeof(ReleaseEvent.GateWaived), TypeInfoPropertyName = "GateWaived")]
[JsonSerializable(typeof(ReleaseEvent.SignedOff), TypeInfoPropertyName = "SignedOff")]
[JsonSerializable(typeof(ReleaseEvent.SignOffWithdrawn), TypeInfoPropertyName = "SignOffWithdrawn")]
[JsonSerializable(typeof(ReleaseEvent.DecisionMade), TypeInfoPropertyName = "DecisionMade")]
[JsonSerializable(typeof(DeploymentEvent.Started), TypeInfoPropertyName = "DeploymentStarted")]
[JsonSerializable(typeof(DeploymentEvent.StepStarted), TypeInfoPropertyName = "CanaryStepStarted")]
[JsonSerializable(typeof(DeploymentEvent.Measured), TypeInfoPropertyName = "AnalysisMeasured")]
[JsonSerializable(typeof(DeploymentEvent.StepCompleted), TypeInfoPropertyName = "CanaryStepCompleted")]
[JsonSerializable(typeof(DeploymentEvent.Paused), TypeInfoPropertyName = "DeploymentPaused")]
[JsonSerializable(typeof(DeploymentEvent.Resumed), TypeInfoPropertyName = "DeploymentResumed")]
[JsonSerializable(typeof(DeploymentEvent.Promoted), TypeInfoPropertyName = "DeploymentPromoted")]
[JsonSerializable(typeof(DeploymentEvent.Aborted), TypeInfoPropertyName = "DeploymentAborted")]
[JsonSerializable(typeof(DeploymentEvent.TrafficSwitched), TypeInfoPropertyName = "TrafficSwitched")]
[JsonSerializable(typeof(DeploymentEvent.DeviationRecorded), TypeInfoPropertyName = "DeviationRecorded")]
[JsonSerializable(typeof(RollbackEvent.Triggered), TypeInfoPropertyName = "RollbackTriggered")]
[JsonSerializable(typeof(RollbackEvent.Started), TypeInfoPropertyName = "RollbackStarted")]
[JsonSerializable(typeof(RollbackEvent.Completed), TypeInfoPropertyName = "RollbackCompleted")]
[JsonSerializable(typeof(RollbackEvent.Verified), TypeInfoPropertyName = "RollbackVerified")]
[JsonSerializable(typeof(RollbackEvent.Rehearsed), TypeInfoPropertyName = "RollbackRehearsed")]
[JsonSerializable(typeof(WatchEvent.Checked), TypeInfoPropertyName = "PostDeploymentChecked")]
[JsonSerializable(typeof(WatchEvent.Ended), TypeInfoPropertyName = "WatchEnded")]
[JsonSerializable(typeof(DeadlineEvent.Passed), TypeInfoPropertyName = "DeadlinePassed")]
[JsonSerializable(typeof(FollowUpEvent.Recorded), TypeInfoPropertyName = "FollowUpRecorded")]
[JsonSerializable(typeof(ExternalEvent.Kept), TypeInfoPropertyName = "ExternalEventKept")]
[JsonSerializable(typeof(InboxEvent.Received), TypeInfoPropertyName = "ExternalEventReceived")]
[JsonSerializable(typeof(InboxEvent.Assigned), TypeInfoPropertyName = "ExternalEventAssigned")]
[JsonSerializable(typeof(SignerEvent.Enrolled), TypeInfoPropertyName = "SignerEnrolled")]
[JsonSerializable(typeof(SignerEvent.Changed), TypeInfoPropertyName = "SignerChanged")]
[JsonSerializable(typeof(SignerEvent.KeyAdded), TypeInfoPropertyName = "SignerKeyAdded")]
[JsonSerializable(typeof(SignerEvent.KeyRevoked), TypeInfoPropertyName = "SignerKeyRevoked")]
[JsonSerializable(typeof(SignOffPredicate))]
[JsonSerializable(typeof(VerificationSummary))]
[JsonSerializable(typeof(ReleaseEvent.Closed), TypeInfoPropertyName = "ReleaseClosed")]
[JsonSerializable(typeof(ReleaseFacts))]
[JsonSerializable(typeof(GateState))]
[JsonSerializable(typeof(DeploymentState))]
[JsonSerializable(typeof(ReleaseStanding))]
public sealed partial class DomainJson : JsonSerializerContext;
