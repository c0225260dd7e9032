using Ledger.Domain.Releases;
using Ledger.Store.Projections;
using Npgsql;

namespace Ledger.Store.Tests.Log.Audit;

/// <summary>What the audit says a release is found by is what the database says: for the words of any text, and for a log with events of every kind.</summary>
public sealed class EventTermsTests(FilledLedger ledger) : IClassFixture<FilledLedger>
{
    private const int Seed = 9;
    private const int Texts = 2_000;

    [Fact]
    public async Task Words_are_parted_as_the_database_parts_them()
    {
        // Letters of every plane, what parts words and what does not, and words about as long as one may be.
        string[] parts = ["a", "B", "ß", "Ä", "é", "İ", "😂", "日本", "-", "_", "/", ".", "'", "\\", " ", "\t", "\r\n", "\v", "\u00A0", "\u2028", "\u007F", "\u0001", "…", new string('x', 62), string.Concat(Enumerable.Repeat("😂", 63))];
        var random = new Random(Seed);
        await using var connection = await ledger.Database.OpenConnectionAsync();
        for (var i = 0; i < Texts; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => parts[random.Next(parts.Length)]));
            await using var command = new NpgsqlCommand("select ledger_words($1)", connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
            var words = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) words.Add(reader.GetString(0));

            var terms = EventTerms.Of(new ReleaseEvent.Closed(CloseOutcome.Succeeded, text), 1).Where(term => term.Kind == "word").Select(term => term.Value);
            terms.Distinct().ShouldBe(words, ignoreOrder: true, $"seed {Seed}, text {i}: '{text}'");
        }
    }

    [Fact]
    public async Task Every_term_of_the_log_is_one_that_the_database_says_too()
    {
        await using var connection = await ledger.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select count(*), count(distinct kind) from ledger_terms_of(1, (select max(seq_id) from mt_events))", connection);
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        reader.GetInt64(1).ShouldBeGreaterThan(5, "else hardly anything was compared");
        await reader.CloseAsync();
        (await ledger.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }
}
