using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Log;

/// <summary>The log as a whole, its events and its checkpoints.</summary>
internal static class LogQuery
{
    private static readonly ObjectType<LedgerStore> LogType = new("Log")
    {
        Description = "The log: every event, in the order in which they became durable, under one Merkle tree.",
    };

    public static void Define(ObjectType<object> query)
    {
        query.Field("log", LogType.NonNull(), (_, context) => context.Asking().Store).Describe("The log as a whole.");
        query.AsyncField("event", EventType.Type, async (_, context) => await FindAsync(context))
            .Argument("sequence", LedgerScalars.Long.NonNull(), description: "Its place in the log, from 1.")
            .Describe("The event at a place in the log; null where there is none, or none that is yours to see.").Cost(5);
        query.AsyncField("checkpoint", CheckpointType.Type, async (_, context) => await context.ReadAsync(store => store.Log.FindCheckpointAsync(SizeOf(context.Arguments), context.CancellationToken)))
            .Argument("size", LedgerScalars.Long, description: "The size of its tree; the newest where it is not given.")
            .Describe("A checkpoint; null where no tree of that size was signed.").Cost(5);
        EventsQuery.Define(query);
        CheckpointType.Define();
        ProofTypes.Define();
        EventType.Define();

        LogType.Field("origin", Scalars.String.NonNull(), store => store.Origin).Describe("Its name, which every checkpoint and every signed statement names.");
        LogType.Field("verifierKey", Scalars.String.NonNull(), store => store.VerifierKey.ToString()).Describe("The key that verifies its checkpoints (C2SP signed-note).");
        LogType.AsyncField("size", LedgerScalars.Long.NonNull(), async (_, context) => (long?)await context.ReadAsync(store => store.Events.SizeAsync(context.CancellationToken)))
            .Describe("How many events it has.").Cost(1);
        LogType.AsyncField("checkpoint", CheckpointType.Type.NonNull(), async (_, context) => await context.ReadAsync(store => store.Log.FindCheckpointAsync(null, context.CancellationToken)))
            .Describe("The newest checkpoint.").Cost(5);
    }

    private static async ValueTask<StoredEvent?> FindAsync(ResolverContext context)
    {
        var sequence = context.Arguments.Get<long>("sequence");
        return sequence >= 1 && await context.Loaders().Events.LoadAsync(sequence) is { } stored && context.Asking().Covers(stored.Stream) ? stored : null;
    }

    private static long? SizeOf(InputValues arguments) => arguments.Get<long?>("size");
}
