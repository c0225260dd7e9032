using System.Text;
using System.Text.Json;
using Ledger.Exports.Controls;
using Ledger.Exports.Periods;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Integrity;
using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Notes;
using Ledger.Store.Tests.Embedded;
using Ledger.Verifier.Bundles;

namespace Ledger.Exports.Tests.Periods;

public sealed class PeriodExportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly VerifierKey LogKey = new(MemoryLedger.Origin, TestKeys.Log.PublicKey);

    [Fact]
    public async Task A_period_is_shown_to_be_complete_and_twice_is_the_same()
    {
        await using var ledger = await ThreeDaysAsync();
        var zip = await BundleAsync(ledger, SecondDay());
        var report = BundleVerifier.Verify(new MemoryStream(zip), new BundleTrust(LogKey));
        report.Valid.ShouldBeTrue(report.FirstFault?.ToString());

        var population = JsonElement.Parse((await FilesAsync(zip))["population.json"]);
        population.GetProperty("complete").GetBoolean().ShouldBeTrue();
        population.GetProperty("releases").GetInt64().ShouldBe(2);
        population.GetProperty("others").GetInt64().ShouldBe(0);
        (await BundleAsync(ledger, SecondDay())).ShouldBe(zip);
    }

    [Fact]
    public async Task The_whole_log_and_an_empty_period_are_periods_too()
    {
        await using var ledger = await ThreeDaysAsync();
        foreach (var period in new[]
        {
            new ExportPeriod(MemoryLedger.Start.AddYears(-1), MemoryLedger.Start.AddYears(1)),
            new ExportPeriod(MemoryLedger.Start.AddHours(20), MemoryLedger.Start.AddHours(21)),
            new ExportPeriod(MemoryLedger.Start.AddYears(-2), MemoryLedger.Start.AddYears(-1)),
            new ExportPeriod(MemoryLedger.Start.AddYears(1), MemoryLedger.Start.AddYears(2)),
        })
        {
            var report = BundleVerifier.Verify(new MemoryStream(await BundleAsync(ledger, period)), new BundleTrust(LogKey));
            report.Valid.ShouldBeTrue($"{period}: {report.FirstFault}");
        }
    }

    [Fact]
    public async Task A_release_that_is_left_out_is_found_even_where_the_log_signs_the_bundle()
    {
        await using var ledger = await ThreeDaysAsync();
        var files = await FilesAsync(await BundleAsync(ledger, SecondDay()));
        var events = Encoding.UTF8.GetString(files["events.ndjson"]).Split('\n');
        var kept = events.Where(line => !line.Contains("\"stream\":\"release/shop/2.0.0\"", StringComparison.Ordinal)).ToList();
        kept.Count.ShouldBeLessThan(events.Length);
        files["events.ndjson"] = Encoding.UTF8.GetBytes(string.Join('\n', kept));
        var stated = JsonElement.Parse(files["population.json"]).Deserialize<Dictionary<string, object>>()!;
        (stated["releases"], stated["events"]) = (1, kept.Count - 1);
        files["population.json"] = Integrity.Canonical.CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(stated));

        BundleVerifier.Verify(new MemoryStream(await PackAsync(files)), new BundleTrust(LogKey)).Valid.ShouldBeFalse();
    }

    [Fact]
    public async Task Of_one_service_it_is_complete_where_the_rest_is_shown_and_not_evaluated_where_it_is_hidden()
    {
        await using var ledger = await ThreeDaysAsync();
        var period = new ExportPeriod(MemoryLedger.Start.AddYears(-1), MemoryLedger.Start.AddYears(1), ["shop"]);
        var shown = await FilesAsync(await BundleAsync(ledger, period));
        JsonElement.Parse(shown["population.json"]).GetProperty("complete").GetBoolean().ShouldBeTrue();
        Encoding.UTF8.GetString(shown["others.ndjson"]).ShouldContain("release/basket/1.0.0");

        var hidden = await BundleAsync(ledger, period, seesEverything: false);
        var report = BundleVerifier.Verify(new MemoryStream(hidden), new BundleTrust(LogKey));
        report.Valid.ShouldBeTrue(report.FirstFault?.ToString());
        report.Steps.Single(step => step.Name == BundleCheck.Population).Outcome.ShouldBe(Verifier.CheckOutcome.NotEvaluated);
        foreach (var (path, bytes) in await FilesAsync(hidden)) Encoding.UTF8.GetString(bytes).ShouldNotContain("basket", Case.Sensitive, path);
    }

    [Fact]
    public async Task Whoever_may_not_see_the_events_on_both_sides_gets_no_proof_of_where_the_period_ends()
    {
        await using var ledger = await ThreeDaysAsync();
        var refused = (await new PeriodExport(ledger.Store).BundleAsync(SecondDay("shop"), [], seesEverything: false)).ShouldBeOfType<ExportResult.Refused>();
        refused.Refusal.Code.ShouldBe("neighbour_out_of_scope");
    }

    [Fact]
    public async Task Events_are_written_in_the_order_of_the_log_those_of_other_services_left_out()
    {
        await using var ledger = await ThreeDaysAsync();
        var lines = Encoding.UTF8.GetString(await StoredLedger.ReadAsync(await new PeriodExport(ledger.Store).EventsAsync(SecondDay("shop")))).TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(9);
        lines.ShouldAllBe(line => line.Contains("\"stream\":\"release/shop/2.0.0\"", StringComparison.Ordinal));
        lines.Select(line => JsonElement.Parse(line).GetProperty("version").GetInt64()).ShouldBe(Enumerable.Range(1, 9).Select(version => (long)version));
    }

    [Fact]
    public async Task A_period_begins_with_its_first_moment_and_ends_before_its_last()
    {
        await using var ledger = await StoredLedger.StartAsync(await postgres.CreateDatabaseAsync());
        ledger.Wait(TimeSpan.FromDays(1));
        var at = ledger.Now;
        await ledger.OpenAsync(StoredLedger.Release("shop"));
        foreach (var (from, to, count) in new[] { (at, at.AddMicroseconds(1), 1), (at.AddMicroseconds(1), at.AddDays(1), 0), (at.AddDays(-1), at, 8), (at.AddDays(-1), at.AddMicroseconds(1), 9) })
        {
            var lines = Encoding.UTF8.GetString(await StoredLedger.ReadAsync(await new PeriodExport(ledger.Store).EventsAsync(new ExportPeriod(from, to))));
            lines.Count(c => c == '\n').ShouldBe(count, $"{from:O} {to:O}");
        }
    }

    [Fact]
    public async Task The_table_has_a_row_for_each_release_of_the_period_and_the_events_that_show_a_control()
    {
        await using var ledger = await ThreeDaysAsync();
        var table = Encoding.UTF8.GetString(await StoredLedger.ReadAsync(await new PeriodExport(ledger.Store).TableAsync(SecondDay(), [ControlCatalog.Find("CM-3")!]))).Split("\r\n");
        table[0].ShouldEndWith(",rolled_back_at,deviations,follow_ups_open,follow_ups,CM-3,CM-3 events,CM-3 missing");
        table.Length.ShouldBe(4);
        table[1].ShouldStartWith("basket/1.0.0,");
        table[1].ShouldContain(",not shown,");
        table[2].ShouldStartWith("shop/2.0.0,");
        table[3].ShouldBeEmpty();
    }

    [Fact]
    public async Task Controls_of_a_period_are_mapped_release_by_release()
    {
        await using var ledger = await ThreeDaysAsync();
        var zip = await StoredLedger.ReadAsync(await new PeriodExport(ledger.Store).BundleAsync(SecondDay(), [ControlCatalog.Find("SOX-ITGC")!], seesEverything: true));
        BundleVerifier.Verify(new MemoryStream(zip), new BundleTrust(LogKey)).Valid.ShouldBeTrue();
        var releases = JsonElement.Parse((await FilesAsync(zip))["controls.json"]).GetProperty("releases");
        releases.EnumerateArray().Select(release => release.GetProperty("release").GetString()).ShouldBe(["basket/1.0.0", "shop/2.0.0"]);
        releases[1].GetProperty("controls")[0].GetProperty("demands").EnumerateArray().Last().GetProperty("status").GetString().ShouldBe("shown"); // the population is complete
    }

    [Fact]
    public async Task A_row_that_is_not_what_was_sealed_ends_the_export()
    {
        await using var ledger = await ThreeDaysAsync();
        await using var command = ledger.Owner.CreateCommand("set session_replication_role = replica; update mt_events set data = jsonb_set(data, '{note}', '\"forged\"') where type = 'gate_attested'");
        await command.ExecuteNonQueryAsync();
        await Should.ThrowAsync<InvalidDataException>(async () => await StoredLedger.ReadAsync(await new PeriodExport(ledger.Store).EventsAsync(SecondDay())));
        await Should.ThrowAsync<InvalidDataException>(() => BundleAsync(ledger, SecondDay()));
    }

    private static ExportPeriod SecondDay(params string[] services) =>
        new(MemoryLedger.Start.AddHours(23), MemoryLedger.Start.AddHours(47), services.Length == 0 ? null : services);

    // The first day begins the log; on the second shop 2.0.0 goes and basket has one more event; the third is basket's.
    private async Task<StoredLedger> ThreeDaysAsync()
    {
        var ledger = await StoredLedger.StartAsync(await postgres.CreateDatabaseAsync());
        await ledger.OpenAsync(StoredLedger.Release("shop"));
        await ledger.OpenAsync(StoredLedger.Release("basket"));
        ledger.Wait(TimeSpan.FromDays(1));
        await ledger.GoAsync(StoredLedger.Release("shop", "2.0.0"));
        await ledger.ReportAsync(StoredLedger.Release("basket"));
        ledger.Wait(TimeSpan.FromDays(1));
        await ledger.OpenAsync(StoredLedger.Release("basket", "2.0.0"));
        await ledger.OpenAsync(StoredLedger.Release("shop", "3.0.0"));
        return ledger;
    }

    private static async Task<byte[]> BundleAsync(StoredLedger ledger, ExportPeriod period, bool seesEverything = true) =>
        await StoredLedger.ReadAsync(await new PeriodExport(ledger.Store).BundleAsync(period, [], seesEverything));

    private static async Task<SortedDictionary<string, byte[]>> FilesAsync(byte[] zip)
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip));
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries.Where(entry => entry.FullName != BundleManifest.Path))
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(content);
            files.Add(entry.FullName, content.ToArray());
        }

        return files;
    }

    // As a log that lies would: everything but the leaves is signed anew.
    private static async Task<byte[]> PackAsync(SortedDictionary<string, byte[]> files)
    {
        var manifest = new BundleManifest(
            MemoryLedger.Origin, new ExportPeriod(SecondDay().From, SecondDay().To).Subject, [.. files.Select(file => new BundleFile(file.Key, file.Value.Length, Hash.Sha256(file.Value)))]);
        using var zip = new MemoryStream();
        var archive = new ArchiveWriter(zip);
        await archive.WriteAsync(BundleManifest.Path, manifest.Sign(new NoteSigner(MemoryLedger.Origin, TestKeys.Log)));
        foreach (var (path, bytes) in files) await archive.WriteAsync(path, bytes);
        await archive.FinishAsync();
        return zip.ToArray();
    }
}
