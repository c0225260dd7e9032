using System.Text.Json.Serialization;
using Ledger.Domain.Actors;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain;

/// <summary>Serialisers made at compile time for everything of the domain that is stored or shown. Thread-safe.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Actor))]
[JsonSerializable(typeof(LogEvent.Created), TypeInfoPropertyName = "LogCreated")]
[JsonSerializable(typeof(PolicyEvent.Published), TypeInfoPropertyName = "PolicyPublished")]
[JsonSerializable(typeof(ReleaseEvent.Opened), TypeInfoPropertyName = "ReleaseOpened")]
[JsonSerializable(typeof(ReleaseEvent.GateReported), TypeInfoPropertyName = "GateReported")]
[JsonSerializable(typeof(ReleaseEvent.GateAttested), TypeInfoPropertyName = "GateAttested")]
[JsonSerializable(typeof(ReleaseEvent.GateWaived), TypeInfoPropertyName = "GateWaived")]
[JsonSerializable(typeof(ReleaseEvent.Closed), TypeInfoPropertyName = "ReleaseClosed")]
[JsonSerializable(typeof(ReleaseFacts))]
[JsonSerializable(typeof(GateState))]
[JsonSerializable(typeof(ReleaseStanding))]
public sealed partial class DomainJson : JsonSerializerContext;
