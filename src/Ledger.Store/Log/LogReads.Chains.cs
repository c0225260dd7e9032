using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Tiles;
using Ledger.Store.Releases;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Log;

// What sign-off chains are verified from.
public sealed partial class LogReads
{
    /// <summary>Finds out which leaves are in a tree that the log signed, and that has them all if any has: each by a proof under that tree's root.</summary>
    /// <param name="leaves">Leaf hashes, recomputed from what they are to be proved for, with the place each claims.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By place: whether that leaf is there. A place that no tree has yet is left out.</returns>
    public async Task<IReadOnlyDictionary<long, bool>> ContainsAsync(IReadOnlyCollection<(long LeafIndex, Hash Leaf)> leaves, CancellationToken cancellation = default)
    {
        var found = new Dictionary<long, bool>();
        if (leaves.Count == 0) return found;

        // A leaf of a tree that was signed is one of every later tree: the newest that is known will do where it is large enough.
        var last = leaves.Max(leaf => leaf.LeafIndex);
        if ((_signed is { } known && known.Size > last ? known : await SignedAsync(null, cancellation)) is not { } signed) return found;
        var tree = await _tree.AtLeastAsync(signed.Size, cancellation);
        var inside = leaves.Where(leaf => leaf.LeafIndex >= 0 && leaf.LeafIndex < signed.Size).ToList();
        await _tree.PrepareAsync(inside.Select(leaf => leaf.LeafIndex), signed.Size, cancellation);
        var proofs = await InclusionProof.BuildAsync(tree, [.. inside.Select(leaf => leaf.LeafIndex)], signed.Size, cancellation);
        foreach (var ((leafIndex, leaf), proof) in inside.Zip(proofs)) found[leafIndex] = InclusionProof.Verify(leafIndex, signed.Size, leaf, proof, signed.Root).IsValid;

        return found;
    }

    /// <summary>
    /// Everything that the sign-off chains of some releases are verified from: their events, those of the signers that they name, and the policies that they
    /// pinned; and, on the way, what was sealed since the tree was last followed. One statement, however many releases.
    /// </summary>
    /// <param name="releases">The keys of the releases' streams.</param>
    /// <param name="asOf">As the log was then; null for the present.</param>
    /// <param name="proved">
    /// Null where nothing is to be proved. Else the tiles come too by which sign-offs, signers and policies are proved to be in the log, those at these places left
    /// out, and <see cref="ContainsAsync"/> asks nothing more.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>In the order of the log. A policy's event is there wherever it is.</returns>
    public async Task<IReadOnlyList<StoredEvent>> ChainEventsAsync(
        IReadOnlyCollection<string> releases, AsOf? asOf = null, IReadOnlyCollection<long>? proved = null, CancellationToken cancellation = default)
    {
        if (releases.Count == 0) return [];
        await using var command = database.CreateCommand(
            $"""
            with {ChainStreams(asOf)}
            select o.*, null::bytea, null::bytea, null::text from own o
            union all
            select s.*, null, null, null from signed s
            union all
            select p.*, null, null, null from policies p
            union all
            select s.size, null, null, null, null, null, null, null, s.leaves, s.root, s.checkpoint from ledger_seals s where s.size > $3
            {(proved is null ? "" : Tiles)}
            order by 1
            """);
        AddStreams(command, releases, asOf);

        // Before the tree was ever followed it is read otherwise.
        var known = _tree.KnownSize < 0 ? long.MaxValue : Math.Min(_tree.KnownSize, _signed?.Size ?? long.MaxValue);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = known });
        if (proved is not null) command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. proved] });
        var events = new List<StoredEvent>();
        var seals = new List<(long Size, List<Hash> Leaves)>();
        SignedTree? newest = null;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                if (reader.IsDBNull(EventReader.Count))
                {
                    events.Add(EventReader.Read(reader));
                    continue;
                }

                var hashes = reader.GetFieldValue<byte[]>(EventReader.Count);
                if (reader.IsDBNull(EventReader.Count + 1))
                {
                    _tree.Keep(new TileRow((int)reader.GetInt64(0), reader.GetInt64(3), hashes));
                    continue;
                }

                seals.Add((reader.GetInt64(0), LogTree.Leaves(hashes)));
                newest = new SignedTree(reader.GetInt64(0), new Hash(reader.GetFieldValue<byte[]>(EventReader.Count + 1)), reader.GetString(EventReader.Count + 2));
            }
        }

        await _tree.AbsorbAsync(seals, cancellation);
        Know(newest);
        return events;
    }

    /// <summary>
    /// The <see cref="StreamDigest"/> of everything that <see cref="ChainEventsAsync"/> would read: of each release, of each signer that they name, and of each
    /// policy's event that they pinned. What is known already need not come over. One statement.
    /// </summary>
    /// <param name="releases">As there.</param>
    /// <param name="asOf">As there.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By stream; of policies by <see cref="PinnedKey"/>.</returns>
    public async Task<IReadOnlyDictionary<string, Hash>> ChainDigestsAsync(IReadOnlyCollection<string> releases, AsOf? asOf = null, CancellationToken cancellation = default)
    {
        var digests = new Dictionary<string, Hash>(StringComparer.Ordinal);
        if (releases.Count == 0) return digests;
        await using var command = database.CreateCommand(
            $"""
            with {ChainStreams(asOf)}
            select r.stream_id, {StreamDigest.Sql} from own r group by r.stream_id
            union all
            select r.stream_id, {StreamDigest.Sql} from signed r group by r.stream_id
            union all
            select r.stream_id || '@' || r.version, {StreamDigest.Sql} from policies r group by r.stream_id, r.version
            """);
        AddStreams(command, releases, asOf);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) digests.Add(reader.GetString(0), new Hash(reader.GetFieldValue<byte[]>(1)));
        return digests;
    }

    /// <summary>The same digests, of events that <see cref="ChainEventsAsync"/> read.</summary>
    public static IReadOnlyDictionary<string, Hash> ChainDigests(IEnumerable<StoredEvent> events) =>
        events.GroupBy(stored => stored.Stream.StartsWith(PolicyPrefix, StringComparison.Ordinal) ? PinnedKey(stored.Stream, stored.Version) : stored.Stream, StringComparer.Ordinal)
            .ToDictionary(stream => stream.Key, StreamDigest.Of, StringComparer.Ordinal);

    /// <summary>What a policy's version is called among the digests, such as <c>policy/web-service@3</c>.</summary>
    public static string PinnedKey(string stream, long version) => $"{stream}@{version}";

    private const string PolicyPrefix = "policy/";

    // The full tiles over the places that have to be proved, on every level that has one: a place has 64 bits, so the topmost has none.
    private static readonly string Tiles =
        $"""
        union all
        select t.level, null, null, t.index, null, null, null, null, t.hashes, null, null
        from (
          select distinct l.level, (c.seq_id - 1) >> ({TileCoordinate.Height} * (l.level + 1)) as index
          from (select o.seq_id from own o where o.type = 'signed_off' union select s.seq_id from signed s union select p.seq_id from policies p except select unnest($4)) c
          cross join generate_series(0, {TreeEdge.Levels - 2}) l (level)) w
        join ledger_tiles t on t.level = w.level and t.index = w.index
        """;

    // $1 are the releases' streams, $2 is the end of what is looked at.
    private static string ChainStreams(AsOf? asOf)
    {
        var until = Until.Condition(asOf, "$2");
        return $"""
            own as materialized (select {EventReader.Columns} from mt_events e where e.stream_id = any($1) and {until}),
            named as (select distinct 'signer/' || (o.data ->> 'signer') as id from own o where o.type = 'signed_off'),
            pinned as (select distinct 'policy/' || (o.data -> 'policy' ->> 'name') as id, o.data -> 'policy' ->> 'version' as version from own o where o.type = 'release_opened'),
            signed as materialized (select {EventReader.Columns} from mt_events e join named n on e.stream_id = n.id where {until}),
            policies as materialized (select {EventReader.Columns} from mt_events e join pinned p on e.stream_id = p.id and e.version::text = p.version)
            """;
    }

    private static void AddStreams(NpgsqlCommand command, IReadOnlyCollection<string> releases, AsOf? asOf)
    {
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. releases], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        command.Parameters.Add(Until.Parameter(asOf));
    }
}
