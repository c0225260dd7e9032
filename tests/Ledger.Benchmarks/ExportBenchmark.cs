using System.Buffers;
using System.Diagnostics;
using Ledger.Domain.Releases;
using Ledger.Exports;
using Ledger.Exports.Periods;
using Npgsql;

namespace Ledger.Benchmarks;

/// <summary>A period of 10⁵ events as NDJSON and as the table of its releases, against <c>COPY … TO</c> of the same rows, in turn; and the memory of each as the period grows.</summary>
internal static class ExportBenchmark
{
    private const int Releases = 1_000;
    private const int Events = 100_000;
    private const int Rounds = 7;
    private static readonly ExportPeriod Everything = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1_000));

    public static async Task RunAsync()
    {
        await using var ledger = await BenchmarkLedger.StartAsync();
        var exports = new PeriodExport(ledger.Store);
        var appended = 0;
        foreach (var events in new[] { 10_000, Events })
        {
            await FillAsync(ledger, appended, events);
            appended = events;
            foreach (var (name, export) in new (string, Func<Task<ExportResult>>)[] { ("ndjson", () => exports.EventsAsync(Everything)), ("csv", () => exports.TableAsync(Everything, [])) })
            {
                await WriteAsync(await export());
                Figures.Figure($"export_{name}_memory_{events}", await PeakAsync(async () => await WriteAsync(await export())), "MB");
            }
        }

        var (copies, lines, tables) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            copies.Add(await SecondsAsync(() => CopyAsync(ledger.Plain)));
            lines.Add(await SecondsAsync(async () => await WriteAsync(await exports.EventsAsync(Everything))));
            tables.Add(await SecondsAsync(async () => await WriteAsync(await exports.TableAsync(Everything, []))));
        }

        await CpuAsync("copy", () => CopyAsync(ledger.Plain));
        await CpuAsync("ndjson", async () => await WriteAsync(await exports.EventsAsync(Everything)));
        await CpuAsync("csv", async () => await WriteAsync(await exports.TableAsync(Everything, [])));
        Figures.Figure("export_copy_rate", appended / Figures.Median(copies, seconds => seconds), "per_second");
        Figures.Figure("export_ndjson_rate", appended / Figures.Median(lines, seconds => seconds), "per_second");
        Figures.Figure("export_csv_rate", appended / Figures.Median(tables, seconds => seconds), "per_second");
        Figures.Ratio("export_ndjson_rate_over_copy", Figures.Median(copies.Zip(lines), pair => pair.First / pair.Second));
        Figures.Ratio("export_csv_rate_over_copy", Figures.Median(copies.Zip(tables), pair => pair.First / pair.Second));
    }

    // Each release is opened once, and then has a report as often as there is room.
    private static Task FillAsync(BenchmarkLedger ledger, int from, int to) => Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
    {
        for (var i = from; i < to; i++)
        {
            if (i % Releases % 64 != caller) continue;
            var release = ReleaseId.TryCreate("bench", $"v{i % Releases}")!;
            if (i < Releases) await ledger.OpenAsync(release);
            else await ledger.ReportAsync(release, i / Releases, i);
        }
    })));

    // The columns that a leaf is made of, as PostgreSQL's own format sends them, read and dropped.
    private static async Task CopyAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            "copy (select seq_id, id, stream_id, version, type, timestamp, data, headers from mt_events order by seq_id) to stdout (format binary)");
        var buffer = ArrayPool<byte>.Shared.Rent(131_072);
        while (await copy.ReadAsync(buffer.AsMemory(), default) > 0)
        {
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static async Task WriteAsync(ExportResult export)
    {
        if (export is not ExportResult.Ready ready) throw new InvalidOperationException($"not exported: {export}");
        await ready.WriteAsync(Stream.Null, default);
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Prints the CPU time of this process for each event.</summary>
    private static async Task CpuAsync(string name, Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await work();
        process.Refresh();
        Figures.Figure($"export_{name}_client_cpu", (process.TotalProcessorTime - before).TotalMicroseconds / Events, "us");
    }

    /// <summary>The most live memory while <paramref name="work"/> runs, in MB above what there was before.</summary>
    private static async Task<double> PeakAsync(Func<Task> work)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var done = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                await Task.Delay(20);
            }
        });
        await work();
        await done.CancelAsync();
        await watch;
        return (peak - before) / 1e6;
    }
}
