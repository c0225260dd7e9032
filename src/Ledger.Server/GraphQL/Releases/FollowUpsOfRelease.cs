using Ledger.Domain.FollowUps;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>What the policy has done after a release, and what became of it.</summary>
internal static class FollowUpsOfRelease
{
    private static readonly ObjectType<FollowUpStanding> Type = new("FollowUp") { Description = "Something that is done after a release. It decides nothing, and may be recorded after the release was closed." };

    private static readonly EnumType<FollowUpOutcome> OutcomeType = new EnumType<FollowUpOutcome>("FollowUpOutcome") { Description = "What became of a follow-up." }
        .Value("DONE", FollowUpOutcome.Done, "It was done.")
        .Value("DROPPED", FollowUpOutcome.Dropped, "It is not done, and need not be: the note says why.");

    public static void Define(ObjectType<ReleaseAt> release)
    {
        release.StateList("followUps", Type, source => FollowUpStanding.Of(source.State, source.View.Policy.Policy, source.View.At))
            .Describe("What the policy has done after a release, in its order.").Sized(new ListSize(6, [], [], false));

        Type.Field("name", Scalars.String.NonNull(), standing => standing.FollowUp.Name).Describe("Its name in the policy.");
        Type.Field("title", Scalars.String.NonNull(), standing => standing.FollowUp.Title).Describe("What is done.");
        Type.Field("due", LedgerScalars.DateTime, standing => standing.Due).Describe("Until when; null where the policy sets no time, or nobody had the release.");
        Type.Field("overdue", Scalars.Boolean.NonNull(), standing => standing.IsOverdue).Describe("Whether it is open though its time has passed, at the moment that is looked at.");
        Type.Field("outcome", OutcomeType, standing => standing.Recorded?.Outcome).Describe("What became of it; null while it is open.");
        Type.Field("at", LedgerScalars.DateTime, standing => standing.Recorded?.At).Describe("When that was recorded.");
        Type.Field("by", Scalars.String, standing => standing.Recorded?.By).Describe("Who recorded it.");
        Told("note", said => said.Note).Describe("What was done, or why it need not be.");
        Told("reference", said => said.Reference).Describe("Where it can be seen.");
        EventType.NullableField(Type, "event", standing => standing.Recorded?.Event.Sequence).Describe("The event that says so.");
    }

    private static FieldDefinition Told(string name, Func<FollowUpEvent.Recorded, string?> get) =>
        Type.BatchField(name, Scalars.String, standing => standing.Recorded?.Event.Sequence ?? 0, async (sequences, context) =>
            (IReadOnlyDictionary<long, string>)(await context.Loaders().Events.LoadAsync(sequences.Where(sequence => sequence > 0)))
                .Select(entry => (entry.Key, Text: get(entry.Value.Recorded<FollowUpEvent.Recorded>().Event))).Where(entry => entry.Text is not null).ToDictionary(entry => entry.Key, entry => entry.Text!));
}
