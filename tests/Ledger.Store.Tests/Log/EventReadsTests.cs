using Ledger.Store.Log;

namespace Ledger.Store.Tests.Log;

public sealed class EventReadsTests(FilledLedger ledger) : IClassFixture<FilledLedger>
{
    private readonly EventReads _events = new(ledger.Database);
    private readonly string _stream = TestLedger.Release("shop", 3).StreamKey;

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var all = await _events.StreamAsync(_stream, 0, EventReads.LimitMax);
        var paged = new List<StoredEvent>();
        for (var page = await _events.StreamAsync(_stream, 0, 7); page.Count > 0; page = await _events.StreamAsync(_stream, page[^1].Version, 7))
        {
            page.Count.ShouldBeLessThanOrEqualTo(7);
            paged.AddRange(page);
        }

        all.Select(stored => stored.Version).ShouldBe(Enumerable.Range(1, all.Count).Select(version => (long)version));
        paged.Select(stored => stored.Sequence).ShouldBe(all.Select(stored => stored.Sequence));
        all.ShouldAllBe(stored => stored.Stream == _stream);
        all[0].Type.ShouldBe("release_opened");
    }

    [Fact]
    public async Task A_stream_or_event_that_is_not_there_is_empty()
    {
        (await _events.StreamAsync("release/none/v1", 0, 10)).ShouldBeEmpty();
        (await _events.StreamAsync(_stream, long.MaxValue, 10)).ShouldBeEmpty();
        (await _events.FindAsync(0)).ShouldBeNull();
        (await _events.FindAsync(long.MaxValue)).ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(EventReads.LimitMax + 1)]
    public async Task A_limit_out_of_range_is_refused(int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _events.StreamAsync(_stream, 0, limit));
}
