using Npgsql;

namespace Ledger.Store.Tests.Log;

/// <summary>An audit finds a release that a search would pass over, or find for what it never had.</summary>
public sealed class TermAuditTests(FilledLedger ledger) : IClassFixture<FilledLedger>
{
    [Theory]
    [InlineData("delete from ledger_terms where kind = 'environment'", "term_missing")]
    [InlineData("update ledger_terms set sequence = sequence - 1 where kind = 'version'", "term_missing", "term_unexpected")]
    [InlineData("insert into ledger_terms (kind, value, release, sequence) select 'tool', 'nothing', opened_sequence, opened_sequence from ledger_releases", "term_unexpected")]
    [InlineData("drop table ledger_terms", "terms_missing")]
    public async Task What_releases_are_found_by_is_held_against_their_events(string sql, params string[] codes)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var change = new NpgsqlCommand(sql, connection);
        await change.ExecuteNonQueryAsync();

        var report = await ledger.Auditor.RunAsync(connection, null, CancellationToken.None, isInTransaction: true);

        report.Sound.ShouldBeFalse();
        report.Problems.Select(problem => problem.Code).Distinct().ShouldBe(codes, ignoreOrder: true);
    }
}
