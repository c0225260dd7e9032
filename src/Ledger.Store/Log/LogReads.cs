using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tiles;
using Ledger.Store.Releases;
using Npgsql;

namespace Ledger.Store.Log;

/// <summary>
/// The log as a verifier reads it: checkpoints, tiles and proofs. Proofs are in trees that the log has signed a checkpoint over, and are
/// checked before they are handed out. Works over a replica as well, as far as the replica has come. Thread-safe.
/// </summary>
/// <param name="database">Connections that may read.</param>
public sealed partial class LogReads(NpgsqlDataSource database) : IDisposable
{
    private readonly TreeFollower _tree = new(database);

    // The newest signed tree that was seen, for what may be asked of any that is large enough.
    private volatile SignedTree? _signed;

    /// <summary>Takes the tree's right edge into memory, so that no question pays for it.</summary>
    public async Task FollowAsync(CancellationToken cancellation = default)
    {
        if (await SignedAsync(null, cancellation) is { } signed) await _tree.AtLeastAsync(signed.Size, cancellation);
    }

    /// <summary>The newest signed checkpoint; null while the log is empty.</summary>
    public async Task<string?> CheckpointAsync(CancellationToken cancellation = default) => (await SignedAsync(null, cancellation))?.Checkpoint;

    /// <summary>
    /// A tile of hashes, or a bundle of entries, exactly as wide as asked for (C2SP tlog-tiles). Null when the log is not as long.
    /// </summary>
    /// <exception cref="InvalidDataException">What is stored does not fit together: nothing is served rather than something wrong.</exception>
    public async Task<ReadOnlyMemory<byte>?> TileAsync(TileCoordinate tile, CancellationToken cancellation = default)
    {
        if (tile.Width == 0 || EndOf(tile) is not { } end) return null;
        var tree = await _tree.AtLeastAsync(end, cancellation);
        if (!tile.IsEntryBundle) return await tree.FindAsync(tile, cancellation);
        if (await tree.FindAsync(new TileCoordinate(0, tile.Index, tile.Width), cancellation) is not { } hashes) return null;
        return await EntriesAsync(tile, hashes, cancellation);
    }

    /// <summary>Proves that an event is in the log.</summary>
    /// <param name="sequence">The event's place in the log, from 1.</param>
    /// <param name="treeSize">The tree to prove it in, one that the log signed a checkpoint over; the newest where null.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when there is no such event, when the tree does not have it, or when no tree of that size was ever signed.</returns>
    /// <exception cref="InvalidDataException">The stored tiles do not lead to the signed root.</exception>
    public async Task<InclusionAnswer?> InclusionAsync(long sequence, long? treeSize = null, CancellationToken cancellation = default) =>
        (await InclusionsAsync([sequence], treeSize, cancellation)).GetValueOrDefault(sequence);

    /// <summary>Proves that events are in the log, all in one tree.</summary>
    /// <param name="sequences">Their places in the log, from 1.</param>
    /// <param name="treeSize">The tree to prove them in, one that the log signed a checkpoint over; the newest where null.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By place; those that the tree does not have are left out.</returns>
    /// <exception cref="InvalidDataException">The stored tiles do not lead to the signed root.</exception>
    public async Task<IReadOnlyDictionary<long, InclusionAnswer>> InclusionsAsync(IReadOnlyCollection<long> sequences, long? treeSize = null, CancellationToken cancellation = default)
    {
        var proofs = new Dictionary<long, InclusionAnswer>();
        if (await SignedAsync(treeSize, cancellation) is not { } signed) return proofs;
        var tree = await _tree.AtLeastAsync(signed.Size, cancellation);
        var there = sequences.Where(sequence => sequence >= 1 && sequence <= signed.Size).Distinct().ToList();
        await _tree.PrepareAsync(there.Select(sequence => sequence - 1), signed.Size, cancellation);
        var paths = await InclusionProof.BuildAsync(tree, [.. there.Select(sequence => sequence - 1)], signed.Size, cancellation);
        foreach (var (sequence, hashes) in there.Zip(paths))
        {
            var leafIndex = sequence - 1;
            var leaf = await tree.LeafAsync(leafIndex, cancellation);
            Demand(InclusionProof.Verify(leafIndex, signed.Size, leaf, hashes, signed.Root));
            proofs.Add(sequence, new InclusionAnswer(
                sequence, leafIndex, leaf, signed.Size, hashes, signed.Root, signed.Checkpoint, new TlogProof(leafIndex, hashes, NoteOf(signed)).ToString()));
        }

        return proofs;
    }

    /// <summary>The checkpoint under which each of some events was first sealed: what their receipts said. One statement.</summary>
    /// <param name="sequences">Places in the log, from 1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By place; those that are not in the log are left out.</returns>
    public async Task<IReadOnlyDictionary<long, CheckpointRow>> SealsOfAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"select w.sequence, c.* from unnest($1) w (sequence) cross join lateral ({CheckpointRow.Query} where s.size >= w.sequence order by s.size limit 1) c");
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. sequences] });
        var seals = new Dictionary<long, CheckpointRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) seals[reader.GetInt64(0)] = CheckpointRow.Read(reader, 1);
        return seals;
    }

    /// <summary>A checkpoint with everything that others said of it; null where no tree of that size was signed.</summary>
    /// <param name="size">The size of its tree; the newest where null.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CheckpointRow?> FindCheckpointAsync(long? size = null, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand($"{CheckpointRow.Query} {(size is null ? "order by s.size desc limit 1" : "where s.size = $1")}");
        if (size is { } wanted) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = wanted });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? CheckpointRow.Read(reader, 0) : null;
    }

    /// <summary>The newest checkpoint that the log had signed at a moment, with everything that others said of it until now; null where it had signed none.</summary>
    /// <param name="asOf">The moment: the tree has no event after it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CheckpointRow?> FindCheckpointAsync(AsOf asOf, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand($"{CheckpointRow.Query} where s.size <= {Until.Place(asOf, "$1")} order by s.size desc limit 1");
        command.Parameters.Add(Until.PlaceParameter(asOf));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? CheckpointRow.Read(reader, 0) : null;
    }

    /// <summary>
    /// The tree that the log had at a moment: of a moment between the events of one commit, too, of which no checkpoint was signed. It was found to be the
    /// beginning of the newest tree that was.
    /// </summary>
    /// <param name="asOf">The moment; null for the newest tree that was signed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The number of leaves, and the root over them; the empty tree before the first event.</returns>
    /// <exception cref="InvalidDataException">The stored tiles do not lead to the signed root.</exception>
    public async Task<(long Size, Hash Root)> TreeAsync(AsOf? asOf, CancellationToken cancellation = default)
    {
        if (await SignedAsync(null, cancellation) is not { } signed) return (0, MerkleHash.Empty);
        if (asOf is null) return (signed.Size, signed.Root);
        var size = Math.Min(signed.Size, await SizeAsync(asOf, cancellation));
        if (size == 0) return (0, MerkleHash.Empty);

        var tree = await _tree.AtLeastAsync(signed.Size, cancellation);
        var frontier = await RangeProof.FrontierAsync(tree, size, cancellation);
        var root = frontier[^1];
        for (var i = frontier.Length - 2; i >= 0; i--) root = MerkleHash.Node(frontier[i], root);
        Demand(ConsistencyProof.Verify(size, signed.Size, root, signed.Root, await ConsistencyProof.BuildAsync(tree, size, signed.Size, cancellation)));
        return (size, root);
    }

    private async Task<long> SizeAsync(AsOf asOf, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Until.Place(asOf, "$1")}");
        command.Parameters.Add(Until.PlaceParameter(asOf));
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Proves that a tree is the beginning of a larger one.</summary>
    /// <param name="from">The size of the smaller tree: one that the log signed a checkpoint over, or 0.</param>
    /// <param name="to">The size of the larger one, signed too; the newest where null.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when one of them was never signed, or <paramref name="from"/> is the larger.</returns>
    /// <exception cref="InvalidDataException">The stored tiles do not lead to the signed roots.</exception>
    public async Task<ConsistencyAnswer?> ConsistencyAsync(long from, long? to = null, CancellationToken cancellation = default)
    {
        if (await SignedAsync(to, cancellation) is not { } larger || from < 0 || from > larger.Size) return null;
        if ((from == 0 ? MerkleHash.Empty : (await SignedAsync(from, cancellation))?.Root) is not { } fromRoot) return null;
        var tree = await _tree.AtLeastAsync(larger.Size, cancellation);
        var hashes = await ConsistencyProof.BuildAsync(tree, from, larger.Size, cancellation);
        Demand(ConsistencyProof.Verify(from, larger.Size, fromRoot, larger.Root, hashes));
        return new ConsistencyAnswer(from, larger.Size, hashes, fromRoot, larger.Root, larger.Checkpoint);
    }

    /// <summary>
    /// What leads from the tree before a run of leaves to a checkpoint's: <see cref="LeafHashesAsync"/> hands out the leaves between. Whoever puts the
    /// three together checks them.
    /// </summary>
    /// <param name="first">The index of the first leaf, from 0.</param>
    /// <param name="end">The index after the last; not smaller.</param>
    /// <param name="treeSize">The size of a tree that the log signed a checkpoint over; not smaller than <paramref name="end"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<RangeProof> RangeAsync(long first, long end, long treeSize, CancellationToken cancellation = default)
    {
        var tree = await _tree.AtLeastAsync(treeSize, cancellation);
        return new RangeProof(
            first, await RangeProof.FrontierAsync(tree, first, cancellation), end, await ConsistencyProof.BuildAsync(tree, end, treeSize, cancellation));
    }

    /// <summary>The leaf hashes from one index to before another, in order, as they were sealed: up to 256 at a time, 32 bytes each.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LeafHashesAsync(long first, long end, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var tree = await _tree.AtLeastAsync(end, cancellation);
        for (var from = first; from < end;)
        {
            var (index, place) = Math.DivRem(from, TileCoordinate.FullWidth);
            var width = (int)Math.Min(TileCoordinate.FullWidth, end - (index * TileCoordinate.FullWidth));
            yield return (await tree.ReadAsync(new TileCoordinate(0, index, width), cancellation))[((int)place * Hash.Size)..];
            from += width - place;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tree.Dispose();

    private async Task<SignedTree?> SignedAsync(long? size, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            size is null
                ? "select size, root, checkpoint from ledger_seals order by size desc limit 1"
                : "select size, root, checkpoint from ledger_seals where size = $1");
        if (size is { } wanted) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = wanted });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var signed = new SignedTree(reader.GetInt64(0), new Hash(reader.GetFieldValue<byte[]>(1)), reader.GetString(2));
        Know(signed);
        return signed;
    }

    private void Know(SignedTree? signed)
    {
        if (signed is not null && (_signed is not { } known || known.Size < signed.Size)) _signed = signed;
    }

    // The leaves are made again from the rows; the tile says what they were when they were sealed.
    private async Task<ReadOnlyMemory<byte>> EntriesAsync(TileCoordinate bundle, ReadOnlyMemory<byte> hashes, CancellationToken cancellation)
    {
        var first = (bundle.Index * TileCoordinate.FullWidth) + 1;
        await using var command = database.CreateCommand($"select {EventReader.Columns} from mt_events e where e.seq_id >= $1 and e.seq_id < $2 order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first + bundle.Width });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var output = new ArrayBufferWriter<byte>();
        for (var i = 0; i < bundle.Width; i++)
        {
            if (!await reader.ReadAsync(cancellation)) throw new InvalidDataException($"event {first + i} is missing");
            var leaf = EventReader.Read(reader).Leaf();
            if (MerkleHash.Leaf(leaf) != new Hash(hashes.Span.Slice(i * Hash.Size, Hash.Size)))
                throw new InvalidDataException($"event {first + i} is not what was sealed");
            EntryBundle.Write(leaf, output);
        }

        return output.WrittenMemory;
    }

    // How many leaves a tree has at least, if it has this tile; null where no tree is as large.
    private static long? EndOf(TileCoordinate tile)
    {
        var level = Math.Max(tile.Level, 0);
        if (level >= TreeEdge.Levels) return null;
        var end = (((UInt128)tile.Index * TileCoordinate.FullWidth) + (UInt128)tile.Width) << (TileCoordinate.Height * level);
        return end <= long.MaxValue ? (long)end : null;
    }

    private static Note NoteOf(SignedTree signed) =>
        Note.TryParse(Encoding.UTF8.GetBytes(signed.Checkpoint), out var note, out var error)
            ? note
            : throw new InvalidDataException($"the checkpoint of the tree of {signed.Size} leaves is not a note: {error}");

    private static void Demand(Verification verification)
    {
        if (!verification.IsValid) throw new InvalidDataException($"the stored tree is broken: {verification.Reason}");
    }

    private sealed record SignedTree(long Size, Hash Root, string Checkpoint);
}
