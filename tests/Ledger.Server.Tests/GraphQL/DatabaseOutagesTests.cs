using Ledger.Server.GraphQL.Requests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>What operators are told while the database is away: each question once, not all of many, and that it is back.</summary>
public sealed class DatabaseOutagesTests
{
    private readonly Lines _lines = new();
    private readonly SetClock _clock = new();
    private readonly DatabaseOutages _outages;

    public DatabaseOutagesTests() => _outages = new DatabaseOutages(_lines, _clock);

    [Fact]
    public void A_question_is_told_of_once_however_many_reads_it_has_and_by_the_kind_of_its_failure_alone()
    {
        for (var i = 0; i < 5; i++) _outages.Failed(new NpgsqlException("Failed to connect to 10.1.2.3 as secret-user"), "4bf92f");
        _outages.Failed(new PostgresException("the password of secret-user", "FATAL", "FATAL", "57P03"), "00f067");

        _lines.All.ShouldBe(
        [
            (LogLevel.Warning, "the database did not answer a question: NpgsqlException, correlation id 4bf92f; whoever asked was told to ask again"),
            (LogLevel.Warning, "the database did not answer a question: PostgresException 57P03, correlation id 00f067; whoever asked was told to ask again"),
        ]);
    }

    [Fact]
    public void Of_many_questions_some_are_named_and_all_are_counted_when_the_database_is_back()
    {
        for (var i = 0; i < 1_000; i++) _outages.Failed(new TimeoutException(), $"id-{i}");
        _lines.All.Count.ShouldBe(DatabaseOutages.NamedMax);
        _clock.Now += DatabaseOutages.Window;
        _outages.Failed(new TimeoutException(), "later");
        _lines.All.Count.ShouldBe(DatabaseOutages.NamedMax + 1);

        _outages.Answered();
        _outages.Answered();
        _lines.All.Skip(DatabaseOutages.NamedMax + 1).ShouldBe([(LogLevel.Information, "the database answers questions again; 1001 reads had failed")]);
    }

    [Fact]
    public void A_database_that_comes_and_goes_writes_no_more_lines()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _outages.Failed(new TimeoutException(), $"id-{i}");
            _outages.Answered();
        }

        _lines.All.Count.ShouldBe(2 * DatabaseOutages.NamedMax);
    }

    [Fact]
    public void A_database_that_answers_is_not_told_of()
    {
        _outages.Answered();
        _lines.All.ShouldBeEmpty();
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Lines : ILogger<DatabaseOutages>
    {
        public List<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            exception.ShouldBeNull("a message may name hosts and users");
            All.Add((logLevel, formatter(state, exception)));
        }
    }
}
