using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>A waiver of a gate.</summary>
/// <param name="Stored">Its event.</param>
/// <param name="Waived">What the event says.</param>
/// <param name="At">The time at which it is looked at.</param>
internal sealed record WaiverAt(StoredEvent Stored, ReleaseEvent.GateWaived Waived, DateTimeOffset At)
{
    public static WaiverAt Of(StoredEvent stored, DateTimeOffset at) => new(stored, stored.Recorded<ReleaseEvent.GateWaived>().Event, at);
}

/// <summary>The type of a waiver.</summary>
internal static class WaiverType
{
    public const string Event = "gate_waived";

    public static ObjectType<WaiverAt> Type { get; } = new("Waiver") { Description = "Somebody answers for going without a gate, until a stated time. It ends by itself." };

    public static void Define()
    {
        NodeType.Implement(Type, waiver => GlobalId.Of(NodeKind.Waiver, waiver.Stored.Sequence));
        Type.Field("gate", Scalars.String.NonNull(), waiver => waiver.Waived.Gate).Describe("The gate's name.");
        Type.Field("owner", Scalars.String.NonNull(), waiver => waiver.Waived.Owner).Describe("Who answers for it.");
        Type.Field("reason", Scalars.String.NonNull(), waiver => waiver.Waived.Reason).Describe("Why.");
        Type.Field("control", Scalars.String.NonNull(), waiver => waiver.Waived.Control).Describe("What is done instead.");
        Type.Field("until", LedgerScalars.DateTime.NonNull(), waiver => waiver.Waived.Until).Describe("Its end, exclusively.");
        Type.Field("at", LedgerScalars.DateTime.NonNull(), waiver => waiver.Stored.At).Describe("When it was recorded.");
        Type.Field("hasEnded", Scalars.Boolean.NonNull(), waiver => waiver.At >= waiver.Waived.Until)
            .Describe("Whether its time is over, at the moment that is looked at. One that has not ended may have been overtaken by a newer report.");
        Type.Field("event", EventType.Type.NonNull(), waiver => waiver.Stored).Describe("The event that recorded it.");
    }
}
