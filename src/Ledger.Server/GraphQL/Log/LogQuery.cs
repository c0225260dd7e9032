using Ledger.GraphQL.Types;
using Ledger.Integrity;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store;
using Ledger.Store.Log;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Log;

/// <summary>The log as a whole, its events and its checkpoints.</summary>
internal static class LogQuery
{
    private static readonly ObjectType<LogAt> LogType = new("Log")
    {
        Description = "The log: every event, in the order in which they became durable, under one Merkle tree.",
    };

    public static void Define(ObjectType<object> query)
    {
        AsOfInput.Define(query.Field("log", LogType.NonNull(), (_, context) => new LogAt(context.Asking().Store, AsOfInput.Past(context))), "Now, where this is not given.")
            .Describe("The log as a whole.");
        query.AsyncField("event", EventType.Type, async (_, context) => await FindAsync(context))
            .Argument("sequence", LedgerScalars.Long.NonNull(), description: "Its place in the log, from 1.")
            .Describe("The event at a place in the log; null where there is none, or none that is yours to see.").Cost(5);
        AsOfInput.Define(query.AsyncField("checkpoint", CheckpointType.Type, async (_, context) => await CheckpointAsync(context)), "The newest by then; give this or \"size\".")
            .Argument("size", LedgerScalars.Long, description: "The size of its tree; the newest where it is not given.")
            .Describe("A checkpoint; null where no tree of that size was signed, or none by then.").Cost(5);
        EventsQuery.Define(query);
        CheckpointType.Define();
        ProofTypes.Define();
        EventType.Define();

        LogType.Field("origin", Scalars.String.NonNull(), log => log.Store.Origin).Describe("Its name, which every checkpoint and every signed statement names.");
        LogType.Field("verifierKey", Scalars.String.NonNull(), log => log.Store.VerifierKey.ToString()).Describe("The key that verifies its checkpoints (C2SP signed-note).");
        LogType.AsyncField("size", LedgerScalars.Long.NonNull(), async (log, context) => (long?)(await TreeAsync(log, context)).Size)
            .Describe("How many events it has.").Cost(1);
        LogType.AsyncField("root", LedgerScalars.LeafHash.NonNull(), async (log, context) => (Hash?)(await TreeAsync(log, context)).Root)
            .Describe("The root of its tree (RFC 6962, section 2.1); that over no leaf while it is empty. As of the past it is worked out from the tree's hashes and found to be the beginning of the newest tree that was signed: the consistency proof shows the same.").Cost(5);
        LogType.AsyncField("checkpoint", CheckpointType.Type.NonNull(), async (log, context) =>
                (log.AsOf is { } asOf ? await context.ReadAsync(store => store.Log.FindCheckpointAsync(asOf, context.CancellationToken)) : await context.ReadAsync(store => store.Log.FindCheckpointAsync((long?)null, context.CancellationToken)))
                ?? throw new FieldException("The log had signed no checkpoint by then: it was empty.", Codes.BadArgument))
            .Describe("The newest checkpoint. An error where there was none yet, as of a time before the first event. Several events may be sealed together: as of one of them it is the checkpoint before.").Cost(5);
    }

    private static Task<(long Size, Hash Root)> TreeAsync(LogAt log, ResolverContext context) => context.ReadAsync(store => store.Log.TreeAsync(log.AsOf, context.CancellationToken));

    private static Task<CheckpointRow?> CheckpointAsync(ResolverContext context) => (context.Arguments.Get<long?>("size"), AsOfInput.Past(context)) switch
    {
        ({ }, { }) => throw new FieldException("Give \"size\" or \"asOf\", not both.", Codes.BadArgument),
        (_, { } asOf) => context.ReadAsync(store => store.Log.FindCheckpointAsync(asOf, context.CancellationToken)),
        var (size, _) => context.ReadAsync(store => store.Log.FindCheckpointAsync(size, context.CancellationToken)),
    };

    private static async ValueTask<StoredEvent?> FindAsync(ResolverContext context)
    {
        var sequence = context.Arguments.Get<long>("sequence");
        return sequence >= 1 && await context.Loaders().Events.LoadAsync(sequence) is { } stored && context.Asking().Covers(stored.Stream) ? stored : null;
    }

    /// <summary>The log at a moment.</summary>
    /// <param name="Store">The ledger.</param>
    /// <param name="AsOf">The moment; null for the present.</param>
    private sealed record LogAt(LedgerStore Store, AsOf? AsOf);
}
