using System.Runtime.CompilerServices;
using Ledger.GraphQL.Types;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Subscriptions;
using Ledger.Server.SignOffs;
using Ledger.Store;

namespace Ledger.Server.GraphQL.Requests;

/// <summary>Who asks, and what their question is answered from. One for a request, or for all of a connection's.</summary>
/// <param name="caller">Who asks.</param>
/// <param name="sources">What is read.</param>
/// <param name="isStillGood">Whether the token that they asked with is good now: what goes on for long looks again.</param>
internal sealed class Asking(Caller caller, Sources sources, Func<CancellationToken, ValueTask<bool>> isStillGood)
{
    public Caller Caller => caller;

    public Sources Sources => sources;

    public LedgerStore Store => sources.Store;

    /// <summary>The services whose releases they may see; null for all.</summary>
    public IReadOnlyList<string>? Services => caller.SeesEverything ? null : caller.Services;

    public ValueTask<bool> IsStillGoodAsync(CancellationToken cancellation) => isStillGood(cancellation);

    /// <summary>Whether they may see what is in a stream.</summary>
    public bool Covers(string stream) => caller.CoversStream(stream);
}

/// <summary>What GraphQL reads from, and keeps no state of requests.</summary>
internal sealed record Sources(LedgerStore Store, ChainReader Chains, LogFollower Follower, ReadingDesk Desk, TimeProvider Clock);

/// <summary>What resolvers find of a request.</summary>
internal static class AskingOfRequest
{
    private static readonly ConditionalWeakTable<RequestContext, Loaders> LoadersOf = [];

    public static Asking Asking(this ResolverContext context) => context.Request.State<Asking>();

    /// <summary>Reads something that is not read by keys, when it is its turn.</summary>
    public static Task<T> ReadAsync<T>(this ResolverContext context, Func<LedgerStore, Task<T>> read)
    {
        var asking = context.Asking();
        return asking.Sources.Desk.ReadAsync(() => read(asking.Store));
    }

    /// <summary>What is read for one execution, and read once: a socket's next question reads anew.</summary>
    public static Loaders Loaders(this ResolverContext context) =>
        LoadersOf.GetValue(context.Request, static request => new Loaders(request.State<Asking>(), request.CancellationToken));
}
