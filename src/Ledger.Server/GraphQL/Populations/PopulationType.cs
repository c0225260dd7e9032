using System.Text;
using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Populations;

/// <summary>What the log holds of a period.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, exclusively.</param>
/// <param name="Services">Only of these; null for all.</param>
/// <param name="First">The index of its first leaf.</param>
/// <param name="End">The index after its last one.</param>
/// <param name="TreeSize">The tree that it is held against.</param>
/// <param name="Checkpoint">The signed note over that tree.</param>
/// <param name="SeesEverything">Whether the caller may see what is of other services.</param>
internal sealed record PopulationAt(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string>? Services, long First, long End, long TreeSize, string Checkpoint, bool SeesEverything)
{
    /// <summary>The service that it is of, <c>*</c> for all.</summary>
    public string Service => Services is [var service] ? service : "*";
}

/// <summary>A complete population to sample from, and the proof that nothing is left out of it.</summary>
internal static class PopulationType
{
    /// <summary>The longest period that is counted here, in events; longer ones are exported.</summary>
    public const long EventsMax = 1_000_000;

    /// <summary>The most leaf hashes of one answer.</summary>
    public const int HashesMax = 4_096;

    private static readonly ObjectType<PopulationAt> Type = new("Population")
    {
        Description = "Everything that the log holds of a period. The leaves between two places, the tree before them and the way to the signed tree come to the signed root: "
            + "so none can be missing. The events on both sides show that the period begins and ends there.",
    };

    private static readonly ObjectType<Counted> CountedType = new("PopulationCount") { Description = "How much a population holds." };

    private static readonly ObjectType<Proven> ProofType = new("RangeProof")
    {
        Description = "That a run of leaves is all that the log holds between two places. It was checked before it was handed out; check it again.",
    };

    public static void Define(ObjectType<object> query)
    {
        AsOfInput.Define(query.AsyncField("population", Type, async (_, context) => await FindAsync(context)), "Held against the newest checkpoint by then; the newest of all, where this is not given.")
            .Argument("period", PeriodInput.Type.NonNull(), description: "The period: both ends.")
            .Argument("service", Scalars.String, description: "Only this service's releases, and what is of no release; all where it is not given.")
            .Describe("What the log holds of a period, with the proof that nothing is left out. Roles: auditor, compliance, admin.").Require(Access.Exporting).Cost(20);

        CountedType.Field("events", LedgerScalars.Long.NonNull(), counted => counted.Events).Describe("Events.");
        CountedType.Field("releases", LedgerScalars.Long.NonNull(), counted => counted.Releases).Describe("Releases that have an event in it.");
        CountedType.Field("others", LedgerScalars.Long.NonNull(), counted => counted.Others).Describe("Events between the two places that are of another service's releases.");
        CountedType.Field("complete", Scalars.Boolean.NonNull(), counted => counted.Others == 0 || counted.Population.SeesEverything)
            .Describe("Whether you can be shown of every one of those that it is another service's: only then is it proved to you that nothing of yours is left out.");

        ProofType.Field("first", LedgerScalars.Long.NonNull(), proven => proven.Proof.First).Describe("The index of the first leaf of the run.");
        ProofType.Field("end", LedgerScalars.Long.NonNull(), proven => proven.Proof.End).Describe("The index after its last leaf.");
        ProofType.Field("frontier", LedgerScalars.LeafHash.NonNull().List().NonNull(), proven => [.. proven.Proof.Frontier])
            .Describe("The tree before the run: the roots of its perfect subtrees, largest first.");
        ProofType.Field("consistency", LedgerScalars.LeafHash.NonNull().List().NonNull(), proven => [.. proven.Proof.Consistency])
            .Describe("From the tree that ends with the run to the checkpoint's (RFC 6962, section 2.1.2).");
        ProofType.Field("valid", Scalars.Boolean.NonNull(), proven => proven.Verification.IsValid)
            .Describe("Whether the leaves, as they were sealed, come to the root of the signed checkpoint.");
        ProofType.Field("detail", Scalars.String, proven => proven.Verification.IsValid ? null : proven.Verification.Reason).Describe("Why not; null where they do.");

        Type.Field("from", LedgerScalars.DateTime.NonNull(), population => population.From).Describe("Its beginning.");
        Type.Field("to", LedgerScalars.DateTime.NonNull(), population => population.To).Describe("Its end, exclusively.");
        Type.Field("service", Scalars.String.NonNull(), population => population.Service).Describe("The service that it is of; `*` for all.");
        Type.Field("firstLeafIndex", LedgerScalars.Long.NonNull(), population => population.First).Describe("The index of its first leaf.");
        Type.Field("endLeafIndex", LedgerScalars.Long.NonNull(), population => population.End).Describe("The index after its last leaf; the same where there is none.");
        Type.Field("treeSize", LedgerScalars.Long.NonNull(), population => population.TreeSize).Describe("The size of the tree that it is held against.");
        Type.Field("checkpoint", Scalars.String.NonNull(), population => population.Checkpoint).Describe("The signed note over that tree.");
        Type.AsyncField("count", CountedType.NonNull(), CountAsync).Describe("How much there is. Its cost follows the period.").Cost(20);
        Type.AsyncField("proof", ProofType.NonNull(), ProveAsync).Describe("The proof that its leaves are all that the log holds between two places.").Cost(20);
        Type.AsyncField("leafHashes", LedgerScalars.LeafHash.NonNull().List().NonNull(), HashesAsync)
            .Argument("skip", LedgerScalars.Long.NonNull(), "0", "How many of the first are not wanted.")
            .Argument("take", Scalars.Int.NonNull(), "256", $"How many are wanted, at most {HashesMax}.")
            .Describe("The hashes of its leaves, in order, as they were sealed: of all leaves between the two places.").Cost(10);
        Type.AsyncField("before", EventType.Type, (population, context) => NeighbourAsync(context, population, population.First))
            .Describe("The event before it, whose time shows that it begins there; null at the beginning of the log.").Cost(5);
        Type.AsyncField("after", EventType.Type, (population, context) => NeighbourAsync(context, population, population.End + 1))
            .Describe("The event after it, whose time shows that it ends there; null at the end of the tree.").Cost(5);
        PageArguments.Define(Type.AsyncField("releases", ReleaseType.Connection.NonNull(), ReleasesAsync))
            .Describe("The releases that have an event in it, in the order in which they were opened, as they stood at its end.").Cost(20);
    }

    private static async ValueTask<PopulationAt?> FindAsync(ResolverContext context)
    {
        var (from, to) = PeriodInput.Of(context.Arguments.Get<InputValues>("period"));
        if (from is not { } start || to is not { } end) throw new FieldException("A population is of a period with both ends.", Codes.BadArgument);
        var (asking, asOf) = (context.Asking(), AsOfInput.Past(context));
        var service = context.Arguments.Get<string>("service");
        if (service is not null && (!ReleaseId.IsService(service) || !asking.Caller.Covers(service))) throw new FieldException("The token is not for that service.", Codes.OutOfScope);
        if (service is null && asking.Services is { Count: > 1 }) throw new FieldException("The token is for several services, and a population is of one or of all: name one.", Codes.BadArgument);
        return await context.ReadAsync(store => store.Periods.RangeAsync(start, end, asOf, context.CancellationToken)) is var (first, last, size, checkpoint)
            ? new PopulationAt(start, end, service is not null ? [service] : asking.Services, first, last, size, checkpoint, asking.Caller.SeesEverything)
            : null;
    }

    private static async ValueTask<Counted?> CountAsync(PopulationAt population, ResolverContext context)
    {
        Demand(population);
        var (events, releases, others) = await context.ReadAsync(store => store.Periods.CountAsync(population.First + 1, population.End, population.Services, context.CancellationToken));
        return new Counted(population, events, releases, others);
    }

    private static async ValueTask<Proven?> ProveAsync(PopulationAt population, ResolverContext context)
    {
        Demand(population);
        var store = context.Asking().Store;
        var proof = await context.ReadAsync(_ => store.Log.RangeAsync(population.First, population.End, population.TreeSize, context.CancellationToken));
        var leaves = await LeavesAsync(context, population.First, population.End);
        var verification = Checkpoint.Verify(Encoding.UTF8.GetBytes(population.Checkpoint), store.Origin, store.VerifierKey, out var checkpoint);
        return new Proven(proof, verification.IsValid ? proof.Verify(leaves, checkpoint!.Size, checkpoint.Root) : verification);
    }

    private static async ValueTask<IReadOnlyList<Hash>?> HashesAsync(PopulationAt population, ResolverContext context)
    {
        var (skip, take) = (context.Arguments.Get<long>("skip"), context.Arguments.Get<int>("take"));
        if (skip < 0 || take is < 0 or > HashesMax) throw new FieldException($"\"skip\" is 0 or more, \"take\" 0 to {HashesMax}.", Codes.BadArgument);
        var first = Math.Min(population.First + Math.Min(skip, population.End - population.First), population.End);
        return await LeavesAsync(context, first, Math.Min(first + take, population.End));
    }

    private static Task<List<Hash>> LeavesAsync(ResolverContext context, long first, long end) => context.ReadAsync(async store =>
    {
        var leaves = new List<Hash>();
        await foreach (var hashes in store.Log.LeafHashesAsync(first, end, context.CancellationToken)) leaves.AddRange(Split(hashes));
        return leaves;
    });

    // What is beside the period may be another service's: that it is there at all is then not shown.
    private static async ValueTask<StoredEvent?> NeighbourAsync(ResolverContext context, PopulationAt population, long sequence)
    {
        if (sequence < 1 || sequence > population.TreeSize) return null;
        var stored = await context.Loaders().Events.LoadAsync(sequence) ?? throw new InvalidDataException($"event {sequence} is missing");
        return context.Asking().Covers(stored.Stream)
            ? stored
            : throw new FieldException("The event beside the period is of a service that the token is not for.", Codes.OutOfScope);
    }

    private static async ValueTask<Connection<ReleaseAt>?> ReleasesAsync(PopulationAt population, ResolverContext context)
    {
        Demand(population);
        var page = PageArguments.Of(context.Arguments);
        var streams = await context.ReadAsync(async store =>
        {
            var names = new List<string>();
            await foreach (var stream in store.Periods.ReleasesAsync(population.First + 1, population.End, population.Services, context.CancellationToken)) names.Add(stream);
            return names;
        });

        // The names are in memory, a page of releases is read.
        var named = Connection<string>.Slice(streams, page, Question.Of($"population {population.From:O} {population.To:O} {population.Service}", context.Arguments), stream => stream);
        var asOf = new Ledger.Store.Releases.AsOf.Leaf(population.End - 1);
        var keys = named.Edges.Select(edge => new ReleaseKey(ReleaseId.FromStreamKey(edge.Node)!, asOf)).ToList();
        var releases = await context.Loaders().Releases.LoadAsync(keys);
        return new Connection<ReleaseAt>([.. named.Edges.Zip(keys, (edge, key) => new Edge<ReleaseAt>(releases[key], edge.Cursor))], named.Page, named.Count);
    }

    private static void Demand(PopulationAt population)
    {
        if (population.End - population.First > EventsMax)
            throw new FieldException($"The period has {population.End - population.First} events, more than {EventsMax}: ask for shorter ones, or export it.", Codes.TooMany);
    }

    private static IEnumerable<Hash> Split(ReadOnlyMemory<byte> hashes)
    {
        for (var at = 0; at < hashes.Length; at += Hash.Size) yield return new Hash(hashes.Span.Slice(at, Hash.Size));
    }

    private sealed record Counted(PopulationAt Population, long Events, long Releases, long Others);

    private sealed record Proven(RangeProof Proof, Verification Verification);
}
