using System.Text;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Exports.Periods;
using Ledger.Exports.Releases;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Testing;

namespace Ledger.Exports.Tests.Periods;

public class ReleaseTableTests
{
    [Fact]
    public async Task The_table_of_releases_is_as_auditors_file_it()
    {
        var ledger = MemoryLedger.Whole();
        ledger.Open(ReleaseId.TryCreate("shop", "1.5.0")!);
        Golden.ShouldMatch(await WriteAsync(ledger), "releases.csv");
    }

    [Fact]
    public void The_events_are_written_as_the_log_commits_to_them()
    {
        var lines = string.Concat(MemoryLedger.Whole().Events.Select(each => $"{Encoding.UTF8.GetString(each.Leaf())}\n"));
        Golden.ShouldMatch(lines, "events.ndjson");
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public async Task A_text_that_a_spreadsheet_would_run_is_given_an_apostrophe(string summary)
    {
        var ledger = new MemoryLedger();
        ledger.Open(MemoryLedger.Shop, summary);
        (await WriteAsync(ledger)).ShouldContain($",\"'{summary}\",");
    }

    [Fact]
    public async Task What_no_longer_fits_a_cell_is_counted()
    {
        var ledger = new MemoryLedger();
        ledger.Open(MemoryLedger.Shop);
        for (var i = 0; i < 12; i++)
        {
            ledger.Do(
                MemoryLedger.Shop, new ReleaseCommand.WaiveGate(MemoryLedger.Shop, "load", "somebody", new string('x', 3_900), "none", MemoryLedger.Start.AddDays(1)),
                new Domain.Actors.Actor("mia.manager", Domain.Actors.Role.ReleaseManager));
        }

        var table = await WriteAsync(ledger);
        table.ShouldContain("; and 4 more");
        table.Split(',').ShouldAllBe(cell => cell.Length < 32_767);
    }

    private static async Task<string> WriteAsync(MemoryLedger ledger)
    {
        var releases = ledger.Events.Where(each => ReleaseId.FromStreamKey(each.Stream) is not null).ToLookup(each => each.Stream).SelectMany(stream => stream);
        var policy = ReleaseDossier.PolicyOf(TestPolicy.Publish(TestPolicy.Document));
        using var output = new MemoryStream();
        await ReleaseTable.WriteAsync(
            releases.ToAsyncEnumerable(), _ => new ValueTask<PublishedPolicy?>(policy), new PeriodLeaves(0, ledger.Events.Count, ledger.Events.Count, ledger.Checkpoint.ToString()), [], null, output, default);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
