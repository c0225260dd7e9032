using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Signers;
using Ledger.Server.GraphQL.SignOffs;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Ids;

/// <summary>
/// Nodes by their global ids. An id that is none, one of something that is not there, and one of something out of the caller's scope are answered alike; and
/// scope is looked at before anything is read, wherever the id tells the service.
/// </summary>
internal static class NodeQuery
{
    private const int NodesMax = 50;

    public static void Define(ObjectType<object> query)
    {
        // Relay takes a field of this name for its own only where it has this one argument.
        query.AsyncField("node", NodeType.Type, async (_, context) => GlobalId.Read(context.Arguments.Get<string>("id")!) is { } id ? await FindAsync(context, id, null) : null)
            .Argument("id", Scalars.Id.NonNull(), description: "Its id.")
            .Describe("A node by its id, as it is now; null where there is none that is yours to see. \"nodes\" tells how it was.").Cost(5);
        AsOfInput.Define(query.AsyncField("nodes", NodeType.Type.List().NonNull(), async (_, context) => await FindAsync(context)), "Now, where this is not given.")
            .Argument("ids", Scalars.Id.NonNull().List().NonNull(), description: $"Their ids, at most {NodesMax}.")
            .Describe("Nodes by their ids, in the order of the ids; null for each that there is none of that is yours to see.").Cost(20).Sized(new ListSize(NodesMax, [], [], false));
    }

    // Started together, so that those of a kind are read together.
    private static async ValueTask<IReadOnlyList<object>?> FindAsync(ResolverContext context)
    {
        var ids = context.Arguments.GetList<string>("ids");
        if (ids.Count > NodesMax) throw new FieldException($"At most {NodesMax} nodes are answered at once; {ids.Count} were asked for.", Codes.TooMany);
        var read = ids.Select(id => GlobalId.Read(id!)).ToList();
        var asOf = AsOfInput.Of(context.Arguments);
        await PrepareAsync(context, read, asOf);
        var nodes = new object?[read.Count];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = read[i] is { } id ? await FindAsync(context, id, asOf) : null;
        return nodes!;
    }

    // What is read for all of them at once; each finds its own afterwards.
    private static async ValueTask PrepareAsync(ResolverContext context, IReadOnlyList<GlobalId?> ids, AsOf? asOf)
    {
        var (asking, loaders) = (context.Asking(), context.Loaders());
        var events = await loaders.Events.LoadAsync(ids.Where(id => id is not null && (id.Kind == NodeKind.Event || IsOfEvent(id.Kind))).Select(id => id!.Number).OfType<long>());
        var releases = ids.Where(id => id?.Kind is NodeKind.Release or NodeKind.Gate).Select(id => ReleaseOf(id!))
            .Concat(ids.Where(id => id is not null && IsOfEvent(id.Kind)).Select(id => events.GetValueOrDefault(id!.Number ?? 0)).Select(stored => stored is null ? null : ReleaseId.FromStreamKey(stored.Stream)));
        await loaders.Releases.LoadAsync(releases.OfType<ReleaseId>().Where(release => asking.Caller.Covers(release.Service)).Select(release => new ReleaseKey(release, asOf)));
        await loaders.Policies.LoadAsync(ids.Where(id => id?.Kind is NodeKind.Policy).Select(id => PolicyOf(id!)).OfType<(string, long)>());
        await loaders.Signers.LoadAsync(ids.Where(id => id?.Kind is NodeKind.Signer).Select(id => new SignerMoment(id!.Key, asOf)));
    }

    private static async ValueTask<object?> FindAsync(ResolverContext context, GlobalId id, AsOf? asOf)
    {
        var loaders = context.Loaders();
        switch (id.Kind)
        {
            case NodeKind.Release: return ReleaseOf(id) is { } release ? await loaders.ReleaseAsync(release, asOf) : null;
            case NodeKind.Gate: return ReleaseOf(id) is { } owner && await loaders.ReleaseAsync(owner, asOf) is { } at ? at.Gates.FirstOrDefault(gate => gate.Gate.Name == id.Key.Split('/')[2]) : null;
            case NodeKind.Policy: return PolicyOf(id) is { } key && await loaders.Policies.LoadAsync(key) is { } policy && IsThere(policy.Sequence, policy.At, asOf) ? policy : null;
            case NodeKind.Signer: return await loaders.Signers.LoadAsync(new SignerMoment(id.Key, asOf)) is { } signer ? new SignerAt(signer, asOf) : null;
            case NodeKind.Checkpoint:
                return id.Number is { } size && await context.ReadAsync(store => store.Log.FindCheckpointAsync(size, context.CancellationToken)) is { } checkpoint && IsThere(checkpoint.Size, checkpoint.At, asOf) ? checkpoint : null;
            default:
                return id.Number is { } sequence && await loaders.Events.LoadAsync(sequence) is { } stored && context.Asking().Covers(stored.Stream) && IsThere(stored.Sequence, stored.At, asOf)
                    ? await OfEventAsync(id.Kind, stored, loaders, asOf)
                    : null;
        }
    }

    private static async ValueTask<object?> OfEventAsync(NodeKind kind, StoredEvent stored, Loaders loaders, AsOf? asOf)
    {
        if (kind == NodeKind.Event) return stored;
        if (ReleaseId.FromStreamKey(stored.Stream) is not { } id || await loaders.ReleaseAsync(id, asOf) is not { } release) return null;
        return (kind, stored.Type) switch
        {
            (NodeKind.GateReport, GateReportType.Event) => GateReportAt.Of(stored, release.Key),
            (NodeKind.Waiver, WaiverType.Event) => WaiverAt.Of(stored, release.View.At),
            (NodeKind.Decision, DecisionsOfRelease.Event) => DecisionAt.Of(stored),
            (NodeKind.SignOff, "signed_off") => SignOffAt.Of(release).FirstOrDefault(signOff => signOff.SignOff.Event.Sequence == stored.Sequence),
            _ => null,
        };
    }

    private static bool IsThere(long sequence, DateTimeOffset at, AsOf? asOf) => asOf switch
    {
        null => true,
        AsOf.Leaf leaf => sequence <= leaf.Index + 1,
        AsOf.Time time => at <= time.At,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsOfEvent(NodeKind kind) => kind is NodeKind.SignOff or NodeKind.GateReport or NodeKind.Waiver or NodeKind.Decision;

    private static ReleaseId? ReleaseOf(GlobalId id) => id.Key.Split('/') switch
    {
        [var service, var version] when id.Kind == NodeKind.Release => ReleaseId.TryCreate(service, version),
        [var service, var version, _] when id.Kind == NodeKind.Gate => ReleaseId.TryCreate(service, version),
        _ => null,
    };

    private static (string Name, long Version)? PolicyOf(GlobalId id) =>
        id.Key.LastIndexOf('@') is var at and > 0 && new GlobalId(id.Kind, id.Key[(at + 1)..]).Number is { } version ? (id.Key[..at], version) : null;
}
