using System.Runtime.CompilerServices;
using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Subscriptions;

/// <summary>What can be heard of as it happens: each event once, in the order of the log, from whichever place on one asks.</summary>
internal static class SubscriptionType
{
    /// <summary>How long a token is believed while an answer goes on.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(10);

    private static readonly ObjectType<ReleaseChange> ChangeType = new("ReleaseChange") { Description = "A release changed." };

    public static ObjectType<object> Define()
    {
        EventType.Field(ChangeType, "event", change => change.Stored.Sequence).Describe("The event that changed it.");
        ChangeType.Field("sequence", LedgerScalars.Long.NonNull(), change => change.Stored.Sequence)
            .Describe("Its place in the log. To go on after a break, ask from the next one.");
        ChangeType.AsyncField("release", ReleaseType.Type.NonNull(), async (change, context) => await change.ReleaseAsync(context.CancellationToken))
            .Describe("The release, as the event left it.");

        var type = new ObjectType<object>("Subscription") { Description = "What can be heard of as it happens. Nothing is lost and nothing is repeated: to go on after a break, ask from the place after the last one that arrived." };
        type.StreamField("eventAppended", EventType.Type.NonNull(), (_, context) => EventsAsync(context, context.CancellationToken))
            .Argument("filter", EventsQuery.Filter, description: "Which; all that you may see where it is not given. Its period is not looked at.")
            .Argument("from", LedgerScalars.Long, description: "The first place in the log that is wanted, from 1: what is there already comes first. Whatever comes from now on, where it is not given.")
            .Describe("Every event, in the order of the log.");
        type.StreamField("releaseChanged", ChangeType.NonNull(), (_, context) => ReleasesAsync(context, context.CancellationToken))
            .Argument("service", Scalars.String, description: "Only of this service.")
            .Argument("version", Scalars.String, description: "Only this version.")
            .Argument("types", Named.EventType.NonNull().List(), description: "Only what happened in one of these ways.")
            .Argument("from", LedgerScalars.Long, description: "As of \"eventAppended\".")
            .Describe("Every change of a release, in the order of the log.");
        return type;
    }

    private static async IAsyncEnumerable<StoredEvent> EventsAsync(ResolverContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = EventsQuery.FilterOf(context.Arguments, context.Asking());
        await foreach (var stored in HeardAsync(context, cancellation))
            if (filter.Accepts(stored)) yield return stored;
    }

    private static async IAsyncEnumerable<ReleaseChange> ReleasesAsync(ResolverContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (service, version) = (context.Arguments.Get<string>("service"), context.Arguments.Get<string>("version"));
        var types = context.Arguments.GetList<string>("types");
        var replay = new ReleaseReplay(context.Asking());
        await foreach (var stored in HeardAsync(context, cancellation))
        {
            if (ReleaseId.FromStreamKey(stored.Stream) is { } release && (service is null || release.Service == service) && (version is null || release.Version == version)
                && (types.Count == 0 || types.Contains(stored.Type)))
                yield return new ReleaseChange(stored, release, replay);
        }
    }

    // A token that was taken back, or ran out, hears nothing any more.
    private static async IAsyncEnumerable<StoredEvent> HeardAsync(ResolverContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var asking = context.Asking();
        var from = context.Arguments.Get<long?>("from");
        if (from < 1) throw new FieldException("A place in the log is 1 or more.", Codes.BadArgument);
        var clock = asking.Sources.Clock;
        var believedAt = clock.GetTimestamp();
        await foreach (var stored in asking.Sources.Follower.FromAsync(from, cancellation))
        {
            if (clock.GetElapsedTime(believedAt) > Believed)
            {
                if (!await asking.IsStillGoodAsync(cancellation)) throw new FieldException("The token is not good any more.", Codes.TokenEnded);
                believedAt = clock.GetTimestamp();
            }

            if (asking.Covers(stored.Stream)) yield return stored;
        }
    }
}
