using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Server.Deployments;
using Ledger.Server.Argo;
using Ledger.Server.Events;
using Ledger.Server.Health;
using Ledger.Server.Log;
using Ledger.Server.Policies;
using Ledger.Server.Releases;
using Ledger.Server.Rollbacks;
using Ledger.Server.Sandboxes;
using Ledger.Server.Signers;
using Ledger.Server.SignOffs;
using Ledger.Server.Tokens;
using Ledger.Server.Watches;
using Ledger.Server.Webhooks;

namespace Ledger.Server.Http;

/// <summary>Serialisers made at compile time for everything that is received or sent. Thread-safe.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.Strict,
    MaxDepth = JsonBody.MaxDepth)]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(OpenRequest))]
[JsonSerializable(typeof(OpenAnswer))]
[JsonSerializable(typeof(ReleaseListAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(AttestRequest))]
[JsonSerializable(typeof(AttestAnswer))]
[JsonSerializable(typeof(WaiveRequest))]
[JsonSerializable(typeof(WaiveAnswer))]
[JsonSerializable(typeof(CloseRequest))]
[JsonSerializable(typeof(CloseAnswer))]
[JsonSerializable(typeof(FollowUpRequest))]
[JsonSerializable(typeof(FollowUpRecordedAnswer))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(UnassignedAnswer))]
[JsonSerializable(typeof(AssignmentRequest))]
[JsonSerializable(typeof(IngestAnswer))]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(EnrolAnswer))]
[JsonSerializable(typeof(ChangeSignerRequest))]
[JsonSerializable(typeof(ChangeSignerAnswer))]
[JsonSerializable(typeof(AddKeyRequest))]
[JsonSerializable(typeof(SignerKeyAdded))]
[JsonSerializable(typeof(RevokeRequest))]
[JsonSerializable(typeof(SignerKeyRevoked))]
[JsonSerializable(typeof(SignerListAnswer))]
[JsonSerializable(typeof(SignerAnswer))]
[JsonSerializable(typeof(SignOffsAnswer))]
[JsonSerializable(typeof(PreparationAnswer))]
[JsonSerializable(typeof(SignedOffAnswer))]
[JsonSerializable(typeof(WithdrawRequest))]
[JsonSerializable(typeof(WithdrawnAnswer))]
[JsonSerializable(typeof(DecideRequest))]
[JsonSerializable(typeof(DecidedAnswer))]
[JsonSerializable(typeof(StartDeploymentRequest))]
[JsonSerializable(typeof(MoveRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(TrafficRequest))]
[JsonSerializable(typeof(DeviationRequest))]
[JsonSerializable(typeof(MeasurementsRequest))]
[JsonSerializable(typeof(MeasurementsAnswer))]
[JsonSerializable(typeof(DeploymentAnswer))]
[JsonSerializable(typeof(StartRollbackRequest))]
[JsonSerializable(typeof(VerifyRollbackRequest))]
[JsonSerializable(typeof(RehearsalRequest))]
[JsonSerializable(typeof(RehearsalMeasurements))]
[JsonSerializable(typeof(CheckRequest))]
[JsonSerializable(typeof(PublishAnswer))]
[JsonSerializable(typeof(PolicyListAnswer))]
[JsonSerializable(typeof(PolicyAnswer))]
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(InclusionProofAnswer))]
[JsonSerializable(typeof(ConsistencyProofAnswer))]
[JsonSerializable(typeof(LogAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(TimestampsAnswer))]
[JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(ClockAnswer))]
[JsonSerializable(typeof(WebhookListAnswer))]
[JsonSerializable(typeof(DeadLettersAnswer))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(DiscardRequest))]
[JsonSerializable(typeof(DiscardAnswer))]
[JsonSerializable(typeof(DiscardsAnswer))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(WhoAmIAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>
    /// For what is sent: characters that are safe in JSON stand for themselves, so that checkpoints stay readable (no answer is ever part
    /// of a page), and stored documents may nest deeper than a request may.
    /// </summary>
    public static ApiJson Answers => Sending.Context;

    // Apart from the generated half of this class, whose fields may be initialised later than the ones written here.
    private static class Sending
    {
        public static readonly ApiJson Context = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 });
    }
}
