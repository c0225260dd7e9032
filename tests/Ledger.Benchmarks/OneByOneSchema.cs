using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.SignOffs;
using Ledger.Store;
using Ledger.Verifier.Chains;

namespace Ledger.Benchmarks;

/// <summary>
/// A part of the ledger's schema as a GraphQL server without batches has it: one call of a resolver for each field of each release, which reads what it needs by
/// statements of its own and shares nothing with the others, 151 statements for a page of 50. The engine, the pool of connections, the desk at which reading waits
/// its turn and the readers themselves are the ledger's, so what differs is how often the database is asked, and, by the reader of chains that
/// <see cref="Create"/> is given, whether what chains came to is kept from one request to the next, as the ledger does.
/// </summary>
internal static class OneByOneSchema
{
    public static Schema Create(LedgerStore store, ChainReader chains, ReadingDesk desk)
    {
        var gate = new ObjectType<GateStanding>("Gate");
        gate.Field("name", Scalars.String.NonNull(), standing => standing.Name);
        gate.Field("outcome", Scalars.String.NonNull(), standing => standing.Outcome.ToString());
        var signOff = new ObjectType<SignOffState>("SignOff");
        signOff.Field("name", Scalars.String.NonNull(), state => state.Name);
        signOff.Field("role", Scalars.String.NonNull(), state => state.Role);
        var chain = new ObjectType<ChainReport>("SignOffChain");
        chain.Field("status", Scalars.String.NonNull(), report => report.Status.ToString());

        var release = new ObjectType<ReleaseId>("Release");
        release.Field("name", Scalars.String.NonNull(), id => id.ToString());
        release.AsyncField("gates", gate.NonNull().List().NonNull(), async (id, context) => (await desk.ReadAsync(() => store.Releases.FindAsync(id, context.CancellationToken)))!.Standing().Gates);
        release.AsyncField("signOffs", signOff.NonNull().List().NonNull(), async (id, context) => (IReadOnlyList<SignOffState>?)(await desk.ReadAsync(() => store.Releases.FindAsync(id, context.CancellationToken)))!.State.Facts.SignOffs);
        release.AsyncField("signOffChain", chain.NonNull(), async (id, context) => await desk.ReadAsync(() => chains.VerifyAsync(id, null, context.CancellationToken)));

        var connection = new ObjectType<IReadOnlyList<ReleaseId>>("ReleaseConnection");
        connection.Field("nodes", release.NonNull().List().NonNull(), ids => ids);
        var query = new ObjectType<object>("Query");
        query.AsyncField("releases", connection.NonNull(), async (_, context) => (IReadOnlyList<ReleaseId>?)
                [.. (await store.Search.FindAsync(new() { Descending = true }, null, null, context.Arguments.Get<int>("first"), context.CancellationToken)).Select(hit => hit.Release)])
            .Argument("first", Scalars.Int.NonNull());
        return Schema.Create(new SchemaDefinition { Query = query });
    }
}
