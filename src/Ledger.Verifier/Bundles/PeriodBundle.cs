using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Merkle;

namespace Ledger.Verifier.Bundles;

/// <summary>The steps of a period's bundle, in memory that does not grow with the period.</summary>
internal sealed class PeriodBundle(OpenedBundle bundle, BundleSteps steps, BundleTrust trust, string subject)
{
    private const int MaxFileBytes = 1_048_576;

    private PeriodLeaves? _leaves;

    public Population? Population { get; private set; }

    public void Verify()
    {
        if (!steps.Take(BundleCheck.Range, "these are all the leaves that the log holds between the period's two ends", OfTheRange)) return;
        _leaves = new PeriodLeaves(bundle, Population!);
        if (!steps.Take(BundleCheck.Events, "every leaf of the period is accounted for", _leaves.Check)) return;
        if (OfThePopulation() is null && !Population!.Complete)
            steps.Skip(BundleCheck.Population, $"{Population.Releases} releases and {Population.Events} events; not shown to be complete: of {_leaves.Hidden} leaves only the log's word says that they are of something else");
        else
            steps.Take(BundleCheck.Population, $"{Population!.Releases} releases and {Population.Events} events: complete as of the checkpoint", OfThePopulation);
    }

    private Fault? OfTheRange()
    {
        Population = Read(BundlePath.Population, BundleJson.Default.Population, out var fault);
        if (Population is null) return fault;
        if (Population.Subject != subject) return new Fault($"it is about '{Population.Subject}', the manifest about '{subject}'", BundlePath.Population);
        if (Read(BundlePath.Range, BundleJson.Default.PeriodRange, out fault) is not { } range) return fault;
        if (range.First != Population.First || range.End != Population.End) return new Fault("it proves another range than the population states", BundlePath.Range);
        if (range.Proof() is not { } proof) return new Fault("it holds something that is not a hash", BundlePath.Range);

        var verified = proof.Verify(LeafHashes.Read(bundle.Stream(BundlePath.Leaves)), bundle.Checkpoint!.Size, bundle.Checkpoint.Root);
        if (!verified.IsValid) return new Fault($"the leaves are not those of the log: {verified.Reason}", BundlePath.Leaves);
        return OfTheEnds(range) ?? OfThePin(proof);
    }

    private Fault? OfTheEnds(PeriodRange range)
    {
        var checkpoint = bundle.Checkpoint!;
        if (range.Before is null != (range.First == 0)) return new Fault("the leaf before the period is not the one it has to be", BundlePath.Range, "before");
        if (range.After is null != (range.End == checkpoint.Size)) return new Fault("the leaf after the period is not the one it has to be", BundlePath.Range, "after");
        if (range.Before is { } before && !(before.TimeAt(range.First - 1, checkpoint) < Population!.From))
            return new Fault("the leaf before the period is not in the log there, or belongs to the period", BundlePath.Range, "before");
        return range.After is { } after && !(after.TimeAt(range.End, checkpoint) >= Population!.To)
            ? new Fault("the leaf after the period is not in the log there, or belongs to the period", BundlePath.Range, "after")
            : null;
    }

    // A pinned tree that ends within the period can be built again from its leaves.
    private Fault? OfThePin(RangeProof proof)
    {
        if (trust.Pin is not { } pin || pin.Size < proof.First || pin.Size > proof.End) return null;
        var tree = Frontier.Restore(proof.First, [.. proof.Frontier]);
        foreach (var leaf in LeafHashes.Read(bundle.Stream(BundlePath.Leaves)).TakeWhile(_ => tree.Size < pin.Size)) tree.Append(leaf);
        return tree.Root() == pin.Root ? null : new Fault($"the log forked: its first {pin.Size} leaves are not those of the tree that is pinned", BundlePath.Leaves);
    }

    private Fault? OfThePopulation()
    {
        var stated = Population!;
        if ((stated.Events, stated.Releases, stated.Others) != (_leaves!.Events, _leaves.Releases, _leaves.Others))
            return new Fault($"there are {_leaves.Releases} releases, {_leaves.Events} events and {_leaves.Others} other leaves, not as many as it states", BundlePath.Population);
        if (stated.Complete != (_leaves.Hidden == 0)) return new Fault("it states wrongly whether every leaf is shown", BundlePath.Population);
        return null;
    }

    private T? Read<T>(string path, JsonTypeInfo<T> type, out Fault? fault)
        where T : class
    {
        if (bundle.Read(path, MaxFileBytes, out fault) is not { } bytes) return null;
        var read = CanonicalJson.IsCanonical(bytes) ? Untrusted.Read(() => JsonSerializer.Deserialize(bytes, type), out _) : null;
        if (read is null) fault = new Fault("it does not hold exactly what it has to", path);
        return read;
    }
}
