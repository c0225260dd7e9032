using System.Text.Json;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>Events in pages, either way and filtered, against the whole log in memory.</summary>
[Collection(ServerCollection.Name)]
public sealed class EventPagingTests(RunningServer server)
{
    private sealed record Logged(long Sequence, string Stream, string Type, string Actor, DateTimeOffset At);

    [Fact]
    public async Task Every_filter_paged_either_way_is_what_the_naive_list_says()
    {
        var name = await FullRelease.MakeAsync(server, "events");
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var size = await server.SizeAsync();
        var log = new List<Logged>();
        string? cursor = null;
        do
        {
            var page = (await server.AskAsync("query($c: String) { events(first: 100, after: $c) { nodes { sequence stream type at actor { subject } } pageInfo { hasNextPage endCursor } } }", new { c = cursor })).GetProperty("events");
            log.AddRange(page.GetProperty("nodes").EnumerateArray().Select(Read));
            cursor = page.At("pageInfo.hasNextPage").GetBoolean() ? page.TextAt("pageInfo.endCursor") : null;
        }
        while (cursor is not null);
        log.RemoveAll(logged => logged.Sequence > size);
        log.Select(logged => logged.Sequence).ShouldBe(Enumerable.Range(1, (int)size).Select(sequence => (long)sequence));

        var end = log[^1].At.AddMicroseconds(1);
        for (var round = 0; round < 40; round++)
        {
            var sample = log[random.Next(log.Count)];
            var (filter, keeps) = random.Next(6) switch
            {
                0 => ($"types: [{sample.Type}]", (Func<Logged, bool>)(each => each.Type == sample.Type)),
                1 => ($"stream: \"{sample.Stream}\"", each => each.Stream == sample.Stream),
                2 => ($"stream: \"release/{name}\", types: [SIGNED_OFF, GATE_REPORTED]", each => each.Stream == $"release/{name}" && each.Type is "SIGNED_OFF" or "GATE_REPORTED"),
                3 => ($"actor: \"{sample.Actor}\"", each => each.Actor == sample.Actor),
                4 => ("services: [\"events\"]", each => !each.Stream.StartsWith("release/", StringComparison.Ordinal) || each.Stream.StartsWith("release/events/", StringComparison.Ordinal)),
                _ => ("", _ => true),
            };
            var from = random.Next(2) == 0 ? log[random.Next(log.Count)].At : log[0].At;
            var to = random.Next(2) == 0 ? log[random.Next(log.Count)].At : end;
            if (from > to) (from, to) = (to, from);
            var descending = random.Next(2) == 0;
            var kept = log.Where(each => keeps(each) && each.At >= from && each.At < to).Select(each => each.Sequence);
            long[] expected = [.. descending ? kept.Reverse() : kept];
            var text = $"{{ {filter}{(filter.Length > 0 ? ", " : "")}period: {{ from: \"{from:O}\", to: \"{to:O}\" }} }}";
            var because = $"seed {seed}, round {round}: {text} {(descending ? "DESC" : "ASC")}";
            (await PagesAsync(text, descending, random.Next(3, 40), backwards: false, expected.Length)).ShouldBe(expected.AsEnumerable(), because);
            (await PagesAsync(text, descending, random.Next(3, 40), backwards: true, expected.Length)).ShouldBe(expected.AsEnumerable(), because);
        }
    }

    private async Task<List<long>> PagesAsync(string filter, bool descending, int size, bool backwards, int total)
    {
        var found = new List<long>();
        string? cursor = null;
        while (true)
        {
            var page = (await server.AskAsync(
                $$"""
                query($c: String) { events({{(backwards ? $"last: {size}, before: $c" : $"first: {size}, after: $c")}}, filter: {{filter}}, orderBy: {{(descending ? "DESC" : "ASC")}}) {
                  totalCount nodes { sequence } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
                """, new { c = cursor })).GetProperty("events");
            page.GetProperty("totalCount").GetInt64().ShouldBe(total);
            found.InsertRange(backwards ? 0 : found.Count, page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("sequence").GetInt64()));
            if (!page.At(backwards ? "pageInfo.hasPreviousPage" : "pageInfo.hasNextPage").GetBoolean()) return found;
            cursor = page.TextAt(backwards ? "pageInfo.startCursor" : "pageInfo.endCursor");
        }
    }

    private static Logged Read(JsonElement node) =>
        new(node.GetProperty("sequence").GetInt64(), node.Text("stream"), node.Text("type"), node.TextAt("actor.subject")!, node.GetProperty("at").GetDateTimeOffset());
}
