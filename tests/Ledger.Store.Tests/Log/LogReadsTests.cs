using System.Runtime.InteropServices;
using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tiles;
using Ledger.Store.Log;

namespace Ledger.Store.Tests.Log;

public sealed class LogReadsTests(FilledLedger ledger) : IClassFixture<FilledLedger>, IDisposable
{
    private readonly LogReads _log = new(ledger.Database);
    private readonly EventReads _events = new(ledger.Database);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Every_event_is_proved_to_be_in_the_newest_tree()
    {
        var newest = await NewestAsync();
        for (var sequence = 1L; sequence <= newest.Size; sequence++)
        {
            var answer = (await _log.InclusionAsync(sequence)).ShouldNotBeNull();
            var stored = (await _events.FindAsync(sequence)).ShouldNotBeNull();

            answer.LeafHash.ShouldBe(stored.LeafHash());
            (answer.LeafIndex, answer.TreeSize, answer.Root).ShouldBe((sequence - 1, newest.Size, newest.Root));
            TlogProof.TryParse(Encoding.UTF8.GetBytes(answer.Proof), out var proof, out _).ShouldBeTrue();
            proof!.Verify(stored.LeafHash(), TestLedger.Origin, ledger.Key).IsValid.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_event_is_proved_in_every_tree_that_was_signed_since()
    {
        foreach (var size in await SignedSizesAsync())
        {
            foreach (var sequence in new[] { 1, (size / 2) + 1, size })
            {
                var answer = (await _log.InclusionAsync(sequence, size)).ShouldNotBeNull();
                InclusionProof.Verify(sequence - 1, size, answer.LeafHash, answer.Hashes.ToArray(), answer.Root).IsValid.ShouldBeTrue();
                Verified(answer.Checkpoint).Root.ShouldBe(answer.Root);
            }

            (await _log.InclusionAsync(size + 1, size)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Any_two_signed_trees_are_proved_to_be_consistent()
    {
        var sizes = (await SignedSizesAsync()).Prepend(0).ToList();
        for (var i = 0; i < sizes.Count; i++)
        {
            foreach (var to in sizes.Skip(Math.Max(i, 1)).Where((_, at) => at % 5 == 0))
            {
                var answer = (await _log.ConsistencyAsync(sizes[i], to)).ShouldNotBeNull();
                ConsistencyProof.Verify(sizes[i], to, answer.FromRoot, answer.ToRoot, answer.Hashes.ToArray()).IsValid.ShouldBeTrue();
                Verified(answer.Checkpoint).Size.ShouldBe(to);
            }
        }
    }

    [Fact]
    public async Task What_is_not_in_the_log_has_no_proof()
    {
        var newest = await NewestAsync();
        var unsigned = Enumerable.Range(1, (int)newest.Size).Select(size => (long)size).Except(await SignedSizesAsync()).First();

        foreach (var sequence in new[] { long.MinValue, -1, 0, newest.Size + 1, long.MaxValue }) (await _log.InclusionAsync(sequence)).ShouldBeNull();
        foreach (var size in new[] { long.MinValue, -1, 0, unsigned, newest.Size + 1, long.MaxValue })
        {
            (await _log.InclusionAsync(1, size)).ShouldBeNull();
            (await _log.ConsistencyAsync(1, size)).ShouldBeNull();
        }

        foreach (var from in new[] { long.MinValue, -1, unsigned, newest.Size + 1, long.MaxValue }) (await _log.ConsistencyAsync(from)).ShouldBeNull();
    }

    [Fact]
    public async Task Tiles_of_every_width_are_the_beginning_of_one_another()
    {
        var newest = await NewestAsync();
        var (last, width) = Math.DivRem((int)newest.Size, TileCoordinate.FullWidth);
        var full = (await _log.TileAsync(new TileCoordinate(0, 0))).ShouldNotBeNull();
        var edge = (await _log.TileAsync(new TileCoordinate(0, last, width))).ShouldNotBeNull();
        for (var w = 1; w <= TileCoordinate.FullWidth; w++)
        {
            (await _log.TileAsync(new TileCoordinate(0, 0, w))).ShouldNotBeNull().Span.SequenceEqual(full.Span[..(w * Hash.Size)]).ShouldBeTrue();
            var partial = await _log.TileAsync(new TileCoordinate(0, last, w));
            if (w > width) partial.ShouldBeNull();
            else partial.ShouldNotBeNull().Span.SequenceEqual(edge.Span[..(w * Hash.Size)]).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_tiles_make_the_signed_root()
    {
        var newest = await NewestAsync();
        var leaves = new List<Hash>();
        for (var index = 0L; leaves.Count < newest.Size; index++)
        {
            var width = (int)Math.Min(newest.Size - leaves.Count, TileCoordinate.FullWidth);
            leaves.AddRange(MemoryMarshal.Cast<byte, Hash>((await _log.TileAsync(new TileCoordinate(0, index, width)))!.Value.Span));
        }

        MerkleHash.Root(CollectionsMarshal.AsSpan(leaves)).ShouldBe(newest.Root);
        var above = (await _log.TileAsync(new TileCoordinate(1, 0, (int)newest.Size / TileCoordinate.FullWidth))).ShouldNotBeNull();
        new Hash(above.Span[..Hash.Size]).ShouldBe(MerkleHash.Root(CollectionsMarshal.AsSpan(leaves)[..TileCoordinate.FullWidth]));
    }

    [Fact]
    public async Task Tiles_beyond_the_log_are_not_there()
    {
        foreach (var tile in new[]
        {
            default, new TileCoordinate(0, 100), new TileCoordinate(0, long.MaxValue), new TileCoordinate(7, long.MaxValue), new TileCoordinate(7, 0, 1), new TileCoordinate(7, 0),
            new TileCoordinate(8, 0), new TileCoordinate(63, 0), new TileCoordinate(1, 0), TileCoordinate.Entries(100), TileCoordinate.Entries(long.MaxValue),
        })
            (await _log.TileAsync(tile)).ShouldBeNull(tile.ToString());
    }

    [Fact]
    public async Task A_bundle_holds_the_entries_that_its_tile_has_the_hashes_of()
    {
        var newest = await NewestAsync();
        var (last, width) = Math.DivRem((int)newest.Size, TileCoordinate.FullWidth);
        foreach (var (index, w) in new[] { (0, TileCoordinate.FullWidth), (0, 7), (last, width), (last, 1) })
        {
            var bundle = (await _log.TileAsync(TileCoordinate.Entries(index, w))).ShouldNotBeNull();
            var hashes = MemoryMarshal.Cast<byte, Hash>((await _log.TileAsync(new TileCoordinate(0, index, w)))!.Value.Span).ToArray();

            EntryBundle.TryRead(bundle, w, out var entries).ShouldBeTrue();
            entries!.Select(entry => MerkleHash.Leaf(entry.Span)).ShouldBe(hashes);
        }

        (await _log.TileAsync(TileCoordinate.Entries(last, width + 1))).ShouldBeNull();
    }

    private async Task<Checkpoint> NewestAsync() => Verified((await _log.CheckpointAsync()).ShouldNotBeNull());

    private Checkpoint Verified(string note)
    {
        Checkpoint.Verify(Encoding.UTF8.GetBytes(note), TestLedger.Origin, ledger.Key, out var checkpoint).IsValid.ShouldBeTrue();
        return checkpoint!;
    }

    private async Task<IReadOnlyList<long>> SignedSizesAsync()
    {
        await using var command = ledger.Database.CreateCommand("select size from ledger_seals order by size");
        await using var reader = await command.ExecuteReaderAsync();
        var sizes = new List<long>();
        while (await reader.ReadAsync()) sizes.Add(reader.GetInt64(0));
        return sizes;
    }
}
