using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store.Append;

namespace Ledger.Server.Deployments;

/// <summary>
/// Records measurements that other systems repeat in every message: each once. What was sent exactly so before is known by its content, even
/// where it is older than what the release's state remembers.
/// </summary>
internal sealed class SampleDesk(CommandDesk desk)
{
    public async ValueTask<Attempt<SamplesRecorded>> RecordAsync(HttpContext http, ReleaseId release, IReadOnlyList<Sample> samples)
    {
        var recorded = 0;
        var triggered = new List<string>();
        ReceiptAnswer? receipt = null;
        foreach (var part in samples.OrderBy(sample => sample.At).ThenBy(sample => sample.Metric, StringComparer.Ordinal).Chunk(MeasureDecision.SamplesAtMost))
        {
            var said = Encoding.UTF8.GetBytes(string.Join('\n', part.Select(Said)));
            var key = IdempotencyKey.Of(http.Caller().Subject, $"samples/{release}/{Convert.ToHexStringLower(SHA256.HashData(said))}", said);
            var submitted = await desk.SubmitAsync(http, new DeploymentCommand.Measure(release, part), key);
            if (!submitted.Succeeded(out var carriedOut, out var problem))
            {
                if (problem.Code == "measurements_repeated") continue;
                return problem;
            }

            // An answer that is given again tells of nothing new.
            if (carriedOut.Appended.Replayed) continue;
            recorded += carriedOut.Appended.Events.OfType<DeploymentEvent.Measured>().Sum(measured => measured.Measurements.Count);
            triggered.AddRange(carriedOut.Appended.Events.OfType<RollbackEvent.Triggered>().Select(fired => fired.Rule));
            receipt = carriedOut.Receipt;
        }

        return new SamplesRecorded(recorded, samples.Count - recorded, triggered, receipt);
    }

    private static string Said(Sample sample) => $"{sample.Metric}\0{UtcTimeJsonConverter.ToText(sample.At)}\0{sample.Source}\0{sample.Value?.ToString("R", CultureInfo.InvariantCulture)}\0{sample.Unit}\0{sample.Because}";
}

/// <summary>What came of measurements.</summary>
/// <param name="Recorded">How many are new.</param>
/// <param name="Repeated">How many were there already.</param>
/// <param name="Triggered">The rollback rules that fired.</param>
/// <param name="Receipt">Of the last event; null where nothing is new.</param>
internal sealed record SamplesRecorded(int Recorded, int Repeated, IReadOnlyList<string> Triggered, ReceiptAnswer? Receipt);
