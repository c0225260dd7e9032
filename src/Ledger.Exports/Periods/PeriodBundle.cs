using System.Text;
using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.Exports.Bundles;
using Ledger.Exports.Controls;
using Ledger.Integrity;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Merkle;
using Ledger.Store;

namespace Ledger.Exports.Periods;

/// <summary>
/// Makes a period's bundle: its events, the table of releases, and the proof that nothing is left out. Every leaf between the two ends is there, as an
/// event of the period or as one of something else.
/// </summary>
internal sealed class PeriodBundle(LedgerStore store, ExportPeriod period, PeriodLeaves leaves, IReadOnlyList<Control> controls, bool showsOthers, SpooledFiles files)
{
    private const byte NewLine = (byte)'\n';

    private readonly HashSet<Hash> _releases = [];
    private long _events;
    private long _others;

    /// <summary>Puts every file but the manifest into the spool.</summary>
    public async Task SpoolAsync(CancellationToken cancellation)
    {
        await WriteLeavesAsync(cancellation).ConfigureAwait(false);
        await WriteEventsAsync(cancellation).ConfigureAwait(false);
        var isComplete = _others == 0 || showsOthers;
        var population = new Population(period.From, period.To, period.Service, leaves.First, leaves.End, _events, _releases.Count, _others, isComplete);
        files.Add(BundlePath.Population, CanonicalFile.Of(population, ExportJson.Default.Population));
        files.Add(BundlePath.Checkpoint, Encoding.UTF8.GetBytes(leaves.Checkpoint));
        files.Add(BundlePath.LogKey, Encoding.UTF8.GetBytes($"{store.VerifierKey}\n"));
        files.Add(BundlePath.Readme, PeriodReadme.Write(store.Origin, population));
        await ReleaseTable.WriteAsync(store, period, leaves, [], files.Add(BundlePath.Releases), cancellation).ConfigureAwait(false);
        if (controls.Count > 0) await WriteControlsAsync(isComplete ? DemandStatus.Shown : DemandStatus.NotEvaluated, cancellation).ConfigureAwait(false);
    }

    // What is handed out was checked: the leaves lead from the tree before them to the signed one.
    private async Task WriteLeavesAsync(CancellationToken cancellation)
    {
        var proof = await store.Log.RangeAsync(leaves.First, leaves.End, leaves.TreeSize, cancellation).ConfigureAwait(false);
        var tree = Frontier.Restore(proof.First, [.. proof.Frontier]);
        var output = files.Add(BundlePath.Leaves);
        await foreach (var hashes in store.Log.LeafHashesAsync(leaves.First, leaves.End, cancellation).ConfigureAwait(false))
        {
            Append(tree, hashes.Span);
            await output.WriteAsync(hashes, cancellation).ConfigureAwait(false);
        }

        var root = Integrity.Notes.Checkpoint.Verify(Encoding.UTF8.GetBytes(leaves.Checkpoint), store.Origin, store.VerifierKey, out var checkpoint);
        var whole = root.IsValid ? ConsistencyProof.Verify(proof.End, leaves.TreeSize, tree.Root(), checkpoint!.Root, [.. proof.Consistency]) : root;
        if (!whole.IsValid) throw new InvalidDataException($"the stored tree is broken: {whole.Reason}");
        files.Add(BundlePath.Range, CanonicalFile.Of(
            new PeriodRange(
                proof.First, Hex(proof.Frontier), proof.End, Hex(proof.Consistency),
                leaves.First == 0 ? null : await NeighbourAsync(leaves.First, cancellation).ConfigureAwait(false),
                leaves.End == leaves.TreeSize ? null : await NeighbourAsync(leaves.End + 1, cancellation).ConfigureAwait(false)),
            ExportJson.Default.PeriodRange));
    }

    private async Task WriteEventsAsync(CancellationToken cancellation)
    {
        var events = new BlockWriter(files.Add(BundlePath.Events));
        BlockWriter? others = null;
        await foreach (var (stored, leaf) in PeriodEvents.ReadAsync(store, leaves, services: null, cancellation).ConfigureAwait(false))
        {
            if (!StreamScope.Covers(stored.Stream, period.Services))
            {
                _others++;
                others ??= new BlockWriter(files.Add(BundlePath.Others));
                Put(others, Other(stored.Sequence - 1, leaf));
                await others.AdvanceAsync(cancellation).ConfigureAwait(false);
                continue;
            }

            // By hash: the name of a release may be long, and there may be many.
            _events++;
            if (ReleaseId.FromStreamKey(stored.Stream) is not null) _releases.Add(Hash.Sha256(Encoding.UTF8.GetBytes(stored.Stream)));
            Put(events, leaf.Span);
            await events.AdvanceAsync(cancellation).ConfigureAwait(false);
        }

        await events.FlushAsync(cancellation).ConfigureAwait(false);
        if (others is not null) await others.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async Task WriteControlsAsync(DemandStatus isPopulationShown, CancellationToken cancellation)
    {
        var mapper = new PeriodControls(store, leaves, controls, isPopulationShown);
        var file = new BlockWriter(files.Add(BundlePath.Controls));
        var separator = "{\"releases\":[";
        await foreach (var stream in store.Periods.ReleasesAsync(leaves.FirstSequence, leaves.LastSequence, period.Services, cancellation).ConfigureAwait(false))
        {
            Write(file, Encoding.UTF8.GetBytes(separator));
            Write(file, CanonicalFile.Of(await mapper.MapAsync(stream, cancellation).ConfigureAwait(false), ExportJson.Default.ControlMapping));
            await file.AdvanceAsync(cancellation).ConfigureAwait(false);
            separator = ",";
        }

        Write(file, Encoding.UTF8.GetBytes(separator == "," ? "]}" : $"{separator}]}}"));
        await file.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<Neighbour> NeighbourAsync(long sequence, CancellationToken cancellation)
    {
        var stored = await store.Events.FindAsync(sequence, cancellation).ConfigureAwait(false) ?? throw new InvalidDataException($"event {sequence} is missing");
        var proof = await store.Log.InclusionAsync(sequence, leaves.TreeSize, cancellation).ConfigureAwait(false) ?? throw new InvalidDataException($"event {sequence} is not in the tree");
        return stored.LeafHash() == proof.LeafHash
            ? new Neighbour(JsonElement.Parse(stored.Leaf()), Hex(proof.Hashes))
            : throw new InvalidDataException($"event {sequence} is not what was sealed");
    }

    // Whoever may not see another service's release is not told its name either.
    private byte[] Other(long leafIndex, ReadOnlyMemory<byte> leaf) => showsOthers
        ? [.. "{\"leaf\":"u8, .. leaf.Span, .. Encoding.ASCII.GetBytes($",\"leafIndex\":{leafIndex}}}")]
        : Encoding.ASCII.GetBytes($"{{\"leafIndex\":{leafIndex},\"stream\":\"release\",\"type\":\"hidden\"}}");

    private static void Put(BlockWriter block, ReadOnlySpan<byte> line)
    {
        Write(block, line);
        Write(block, [NewLine]);
    }

    private static void Write(BlockWriter block, ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(block.Buffer, bytes);

    private static void Append(Frontier tree, ReadOnlySpan<byte> hashes)
    {
        for (var at = 0; at < hashes.Length; at += Hash.Size) tree.Append(new Hash(hashes.Slice(at, Hash.Size)));
    }

    private static string[] Hex(IReadOnlyList<Hash> hashes) => [.. hashes.Select(hash => hash.ToString())];
}
