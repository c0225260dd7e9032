using System.Text.Json.Serialization;

namespace Ledger.Cli.Contract;

/// <summary>
/// The HTTP contract's JSON, with serialisers made at compile time. Reading is strict about what a command rests on: a member that is
/// missing or null is an answer that cannot be believed. Members that nobody here asks for may come and go.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PolicyPublished))]
[JsonSerializable(typeof(PolicyList))]
[JsonSerializable(typeof(PolicyShown))]
[JsonSerializable(typeof(Recorded))]
[JsonSerializable(typeof(Delivered))]
[JsonSerializable(typeof(ReleasePage))]
[JsonSerializable(typeof(ReleaseStatus))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(GateReported))]
[JsonSerializable(typeof(Attested))]
[JsonSerializable(typeof(Waived))]
[JsonSerializable(typeof(LoggedEvent))]
[JsonSerializable(typeof(InclusionAnswer))]
[JsonSerializable(typeof(LogAnswer))]
[JsonSerializable(typeof(ConsistencyAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(Identity))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(Replayed))]
[JsonSerializable(typeof(DiscardBody))]
[JsonSerializable(typeof(Discarded))]
[JsonSerializable(typeof(DiscardPage))]
[JsonSerializable(typeof(SignerAnswer))]
[JsonSerializable(typeof(SignerList))]
[JsonSerializable(typeof(Preparation))]
[JsonSerializable(typeof(SignOffsAnswer))]
[JsonSerializable(typeof(SignedOffAnswer))]
[JsonSerializable(typeof(WithdrawnAnswer))]
[JsonSerializable(typeof(DecidedAnswer))]
[JsonSerializable(typeof(OpenBody))]
[JsonSerializable(typeof(AttestBody))]
[JsonSerializable(typeof(WaiveBody))]
[JsonSerializable(typeof(CloseBody))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(EnrolBody))]
[JsonSerializable(typeof(ChangeBody))]
[JsonSerializable(typeof(AddKeyBody))]
[JsonSerializable(typeof(RevokeBody))]
[JsonSerializable(typeof(WithdrawBody))]
[JsonSerializable(typeof(DecideBody))]
[JsonSerializable(typeof(StartDeploymentBody))]
[JsonSerializable(typeof(ObservedOnlyBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(TrafficBody))]
[JsonSerializable(typeof(MeasurementsBody))]
[JsonSerializable(typeof(StartRollbackBody))]
[JsonSerializable(typeof(VerifyRollbackBody))]
[JsonSerializable(typeof(RehearsalBody))]
[JsonSerializable(typeof(CheckBody))]
[JsonSerializable(typeof(DeployedAnswer))]
[JsonSerializable(typeof(MeasuredAnswer))]
[JsonSerializable(typeof(IngestedAnswer))]
[JsonSerializable(typeof(EventsAnswer))]
internal sealed partial class ContractJson : JsonSerializerContext;
