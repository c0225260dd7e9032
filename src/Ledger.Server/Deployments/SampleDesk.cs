using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Server.Http;

namespace Ledger.Server.Deployments;

/// <summary>
/// Records measurements that other systems repeat in every message: each once, because metric, time and source say which one it is, however old it is.
/// </summary>
internal sealed class SampleDesk(CommandDesk desk)
{
    public async ValueTask<Attempt<SamplesRecorded>> RecordAsync(HttpContext http, ReleaseId release, IReadOnlyList<Sample> samples)
    {
        var (recorded, uncounted) = (0, 0);
        var triggered = new List<string>();
        ReceiptAnswer? receipt = null;
        foreach (var part in samples.OrderBy(sample => sample.At).ThenBy(sample => sample.Metric, StringComparer.Ordinal).Chunk(MeasureDecision.SamplesAtMost))
        {
            var submitted = await desk.SubmitAsync(http, new DeploymentCommand.Measure(release, part), key: null);
            if (!submitted.Succeeded(out var carriedOut, out var problem))
            {
                if (problem.Code == "measurements_repeated") continue;
                return problem.After(recorded == 0 ? null : $"{recorded} measurements were recorded before; the same again record the rest");
            }

            var fresh = carriedOut.Appended.Events.OfType<DeploymentEvent.Measured>().SelectMany(measured => measured.Measurements).ToList();
            recorded += fresh.Count;
            uncounted += fresh.Count(sample => sample.IsUncounted);
            triggered.AddRange(carriedOut.Appended.Events.OfType<RollbackEvent.Triggered>().Select(fired => fired.Rule));
            receipt = carriedOut.Receipt;
        }

        return new SamplesRecorded(recorded, samples.Count - recorded, triggered, receipt, uncounted);
    }
}

/// <summary>What came of measurements.</summary>
/// <param name="Recorded">How many are new.</param>
/// <param name="Repeated">How many were there already.</param>
/// <param name="Triggered">The rollback rules that fired.</param>
/// <param name="Receipt">Of the last event; null where nothing is new.</param>
/// <param name="Uncounted">How many of the new ones count for no rule and no analysis.</param>
internal sealed record SamplesRecorded(int Recorded, int Repeated, IReadOnlyList<string> Triggered, ReceiptAnswer? Receipt, int Uncounted = 0)
{
    /// <summary>The same in a sentence; null where all of them count.</summary>
    public string? UncountedNote => Uncounted == 0
        ? null
        : $"{Uncounted} measurements are kept and do not count: they are of a time before the deployment, still to come, or too long ago to be put in order";
}
