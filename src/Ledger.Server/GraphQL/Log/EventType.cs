using System.Text;
using System.Text.Json;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Leaves;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Log;

/// <summary>An event of the log.</summary>
internal static class EventType
{
    public static ObjectType<StoredEvent> Type { get; } = new("Event")
    {
        Description = "Something that happened, at its place in the log. It never changes. Its leaf is what the log commits to: SHA-256 over a zero byte and the leaf's UTF-8 is its hash.",
    };

    public static ObjectType<Connection<StoredEvent>> Connection { get; } = ConnectionType.Of("Event", Type, "events");

    private static readonly ObjectType<Actor> ActorType = new("Actor") { Description = "Who did it, as the server knew it from the token: sealed into the event.", CostWeight = 0 };

    private static readonly ObjectType<ReceiptAt> ReceiptType = new("Receipt")
    {
        Description = "What whoever appended an event was answered: its leaf, under the checkpoint that sealed it.",
    };

    public static void Define()
    {
        ActorType.Field("subject", Scalars.String.NonNull(), actor => actor.Id).Describe("The token's subject.");
        ActorType.Field("role", Enums.Role.NonNull(), actor => actor.Role).Describe("The role in which they acted.");
        ReceiptType.Field("leafIndex", LedgerScalars.Long.NonNull(), receipt => receipt.Sequence - 1).Describe("The leaf's place in the tree, from 0.");
        ReceiptType.Field("checkpoint", CheckpointType.Type.NonNull(), receipt => receipt.Checkpoint).Describe("The first checkpoint whose tree has it.");

        NodeType.Implement(Type, stored => GlobalId.Of(NodeKind.Event, stored.Sequence));
        Type.Field("sequence", LedgerScalars.Long.NonNull(), stored => stored.Sequence).Describe("Its place in the log, from 1, without gaps.");
        Type.Field("leafIndex", LedgerScalars.Long.NonNull(), stored => stored.Sequence - 1).Describe("Its leaf's place in the tree, from 0.");
        Type.Field("eventId", LedgerScalars.Uuid.NonNull(), stored => stored.Id).Describe("Its identity in the leaf.");
        Type.Field("stream", Scalars.String.NonNull(), stored => stored.Stream).Describe("The stream it belongs to, such as `release/shop/1.4.0`.");
        Type.Field("version", LedgerScalars.Long.NonNull(), stored => stored.Version).Describe("Its place in its stream, from 1.");
        Type.Field("type", Named.EventType.NonNull(), stored => stored.Type).Describe("What happened.");
        Type.Field("at", LedgerScalars.DateTime.NonNull(), stored => stored.At).Describe("When it was appended, by the server's clock.");
        Type.Field("actor", ActorType.NonNull(), stored => stored.Actor()).Describe("Who did it.");
        Type.Field("data", LedgerScalars.Json.NonNull(), stored => JsonElement.Parse(CanonicalJson.Canonicalize(stored.Data.Span)))
            .Describe("What is recorded: canonical JSON (RFC 8785).");
        Type.Field("leaf", Scalars.String.NonNull(), stored => Encoding.UTF8.GetString(stored.Leaf()))
            .Describe("The canonical leaf, byte by byte: actor, data, id, prev, stream, time, type and version.");
        Type.Field("leafHash", LedgerScalars.LeafHash.NonNull(), stored => stored.LeafHash()).Describe("The hash of the leaf, worked out from the row as it is stored now.");
        Type.Field("previousLeafHash", LedgerScalars.LeafHash, stored => LeafContent.TryParse(stored.Leaf(), out var content, out _) ? content.Prev : null)
            .Describe("The leaf hash of the event before it in its stream; null for the first.");
        Type.BatchField("receipt", ReceiptType.NonNull(), stored => stored.Sequence, async (sequences, context) =>
            (IReadOnlyDictionary<long, ReceiptAt>)(await context.Loaders().Seals.LoadAsync(sequences)).ToDictionary(entry => entry.Key, entry => new ReceiptAt(entry.Key, entry.Value)))
            .Describe("The checkpoint that sealed it.").Cost(2);
        Type.BatchField("inclusionProof", ProofTypes.Inclusion, stored => stored.Sequence, async (sequences, context) =>
            {
                var size = ProofTypes.TreeSizeOf(context.Arguments);
                var proofs = await context.Loaders().Inclusions.LoadAsync(sequences.Select(sequence => (sequence, size)));
                return (IReadOnlyDictionary<long, InclusionAnswer>)proofs.ToDictionary(entry => entry.Key.Sequence, entry => entry.Value);
            })
            .Argument("treeSize", LedgerScalars.Long, description: "The size of a tree that the log signed a checkpoint over; the newest where it is not given.")
            .Describe("The proof that it is in the log; null where the tree does not have it, or none of that size was signed.").Cost(5);
        AsOfInput.Define(Type.BatchField("release", ReleaseType.Type, stored => stored.Stream, async (streams, context) =>
            {
                var releases = streams.Select(ReleaseId.FromStreamKey).OfType<ReleaseId>().Where(release => context.Asking().Caller.Covers(release.Service));
                var found = await context.Loaders().Releases.LoadAsync(releases.Select(release => new ReleaseKey(release, AsOfInput.Of(context.Arguments))));
                return (IReadOnlyDictionary<string, ReleaseAt>)found.Values.ToDictionary(release => release.Id.StreamKey, StringComparer.Ordinal);
            }), "Now, where this is not given.")
            .Describe("The release that it is about; null where it is about none.");
    }

    /// <summary>Adds a field that is the event at a place in the log.</summary>
    public static FieldDefinition Field<T>(ObjectType<T> type, string name, Func<T, long> sequence) =>
        type.BatchField(name, Type.NonNull(), sequence, (sequences, context) => context.Loaders().Events.LoadAsync(sequences));

    /// <summary>Adds a field that is the event at a place in the log, or null.</summary>
    public static FieldDefinition NullableField<T>(ObjectType<T> type, string name, Func<T, long?> sequence) =>
        type.BatchField(name, Type, source => sequence(source) ?? 0, (sequences, context) => context.Loaders().Events.LoadAsync(sequences.Where(each => each > 0)));

    /// <summary>Adds a field that lists the events at some places in the log.</summary>
    public static FieldDefinition ListField<T>(ObjectType<T> type, string name, Func<T, IReadOnlyList<EventReference>> references) =>
        type.Field(name, Type.NonNull().List().NonNull(), new ReferencedEvents<T>(references)).Sized(new ListSize(5, [], [], false));

    private sealed class ReferencedEvents<T>(Func<T, IReadOnlyList<EventReference>> references) : BatchResolver
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            var places = sources.Select(source => references((T)source!)).ToList();
            var events = await context.Loaders().Events.LoadAsync(places.SelectMany(each => each).Select(reference => reference.Sequence));
            return [.. places.Select(each => each.Select(reference => events[reference.Sequence]).ToList())];
        }
    }
}

/// <summary>An event's receipt.</summary>
internal sealed record ReceiptAt(long Sequence, CheckpointRow Checkpoint);
