using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>A person's word on a gate or condition.</summary>
/// <param name="Stored">Its event.</param>
/// <param name="Attested">What the event says.</param>
internal sealed record AttestationAt(StoredEvent Stored, ReleaseEvent.GateAttested Attested)
{
    public static AttestationAt Of(StoredEvent stored) => new(stored, stored.Recorded<ReleaseEvent.GateAttested>().Event);
}

/// <summary>The type of such a word.</summary>
internal static class AttestationType
{
    public const string Event = "gate_attested";

    public static ObjectType<AttestationAt> Type { get; } = new("Attestation")
    {
        Description = "A person stated that checks of a gate are met or are not. It stays, whatever comes after it.",
    };

    public static void Define()
    {
        Type.Field("gate", Scalars.String.NonNull(), attestation => attestation.Attested.Gate).Describe("The gate's name.");
        Type.Field("checks", Scalars.String.NonNull().List().NonNull(), attestation => attestation.Attested.Checks).Describe("Which of its checks; none for the gate as a whole.");
        Type.Field("met", Scalars.Boolean.NonNull(), attestation => attestation.Attested.Met).Describe("What was stated.");
        Type.Field("note", Scalars.String.NonNull(), attestation => attestation.Attested.Note).Describe("In their words.");
        Type.Field("evidenceLink", Scalars.String, attestation => attestation.Attested.EvidenceLink).Describe("Where they saw it.");
        Type.Field("by", Scalars.String.NonNull(), attestation => attestation.Stored.Actor().Id).Describe("Who stated it.");
        Type.Field("supersedes", GateReportType.SupersedesType, attestation => attestation.Attested.Supersedes).Describe("What it stands in place of, and why.");
        Type.Field("event", EventType.Type.NonNull(), attestation => attestation.Stored).Describe("The event that brought it.");
    }
}
