using System.Diagnostics;
using System.Security.Cryptography;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Append;
using Npgsql;

namespace Ledger.Benchmarks;

/// <summary>
/// A full audit of a log against reading all columns of its events by binary <c>COPY</c> and taking SHA-256 over the bytes, in turn. Both are
/// one process with one connection, so PostgreSQL sends on one processor while the process works on what came. The baseline reads and hashes
/// on one thread; the audit reads and recomputes leaves on one, and follows tree, streams and projections on another.
/// </summary>
internal static class AuditBenchmark
{
    private const int Releases = 256;
    private const int CallersPerRelease = 4;
    private const int Rounds = 5;
    private const int BufferBytes = 128 * 1024;
    private const string Copy = "copy (select * from mt_events order by seq_id) to stdout (format binary)";

    private static readonly EvidenceBytes Report = ReportOf(4096);

    public static async Task RunAsync(int events)
    {
        await using var ledger = await BenchmarkLedger.StartAsync();
        await FillAsync(ledger, events);
        CopyAndHash(ledger.Plain);
        await AuditAsync(ledger);

        var rounds = new List<(double CopyMs, double AuditMs)>();
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            bytes = CopyAndHash(ledger.Plain);
            var copy = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            await AuditAsync(ledger);
            rounds.Add((copy, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }

        var name = $"audit_{events}";
        Figures.Figure($"{name}_copied", bytes / 1e6, "MB");
        Figures.Figure($"{name}_copy_sha256", Figures.Median(rounds, round => round.CopyMs), "ms");
        Figures.Figure($"{name}_elapsed", Figures.Median(rounds, round => round.AuditMs), "ms");
        Figures.Figure($"{name}_rate", Figures.Median(rounds, round => 1000 * events / round.AuditMs), "per_second");
        Figures.Figure($"{name}_heap_peak", await HeapPeakAsync(() => AuditAsync(ledger)) / 1e6, "MB");
        Figures.Ratio("audit_over_copy_sha256", Figures.Median(rounds, round => round.AuditMs / round.CopyMs));
    }

    private static async Task FillAsync(BenchmarkLedger ledger, int events)
    {
        var releases = Enumerable.Range(0, Releases).Select(i => ReleaseId.TryCreate("bench", $"v{i}")!).ToArray();
        foreach (var release in releases) await ledger.OpenAsync(release);
        var appended = 0;
        await Task.WhenAll(Enumerable.Range(0, Releases * CallersPerRelease).Select(caller => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref appended); i <= events; i = Interlocked.Increment(ref appended))
            {
                var command = BenchmarkLedger.Report(releases[caller % Releases], i, i);
                var evidence = new Evidence(Digest.Of(Report.Digest.Bytes), Report.Bytes.Length, Report.MediaType);
                await ledger.AppendAsync(command with { Report = command.Report with { Evidence = evidence } }, Report);
            }
        })));
    }

    private static long CopyAndHash(NpgsqlDataSource database)
    {
        using var connection = database.OpenConnection();
        using var rows = connection.BeginRawBinaryCopy(Copy);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var total = 0L;
        for (var read = rows.Read(buffer); read > 0; read = rows.Read(buffer))
        {
            sha.AppendData(buffer, 0, read);
            total += read;
        }

        sha.GetHashAndReset();
        return total;
    }

    private static async Task AuditAsync(BenchmarkLedger ledger)
    {
        var report = await ledger.Store.Auditor.RunAsync();
        if (!report.Sound) throw new InvalidOperationException($"not sound: {report.Problems[0]}");
    }

    // What is not garbage yet is counted too: the bound of what an audit holds, not what it needs.
    private static async Task<double> HeapPeakAsync(Func<Task> work)
    {
        GC.Collect();
        var peak = 0L;
        await using (new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20))) await work();
        return peak;
    }

    private static EvidenceBytes ReportOf(int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)' ');
        return new EvidenceBytes(Hash.Sha256(bytes), "application/json", bytes);
    }
}
