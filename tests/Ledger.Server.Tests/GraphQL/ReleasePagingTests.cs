using Ledger.Server.Tests.SignOffs;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>Filters, orders and pages of releases, against a list in memory that is filtered and ordered naively.</summary>
[Collection(ServerCollection.Name)]
public sealed class ReleasePagingTests(RunningServer server)
{
    private const string Prefix = "paged";

    /// <summary>What was done to a release, as far as a filter can ask for it.</summary>
    private sealed record Made(string Service, string Version, string Environment, string Commit, string Artifact, bool Reported, bool Passed, bool Waived, bool Closed, string Word, int Place)
    {
        public string Name => $"{Service}/{Version}";

        public string Verdict => Closed ? "NO_GO" : Reported && !Passed ? "NO_GO" : "PENDING";

        public string Tests => !Reported ? "PENDING" : Passed ? "PASSED" : "FAILED";
    }

    [Fact]
    public async Task Every_filter_and_order_paged_either_way_is_what_the_naive_list_says()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var run = $"{Prefix}{Convert.ToHexStringLower(BitConverter.GetBytes(seed))}";
        var made = new List<Made>();
        for (var i = 0; i < 24; i++) made.Add(await MakeAsync(run, random, i));
        var times = await TimesAsync(run);

        for (var round = 0; round < 60; round++)
        {
            var (filter, keeps) = Filter(random, run, made, times);
            var (order, ordered) = (random.Next(4)) switch
            {
                0 => ("{ field: OPENED_AT, direction: DESC }", made.OrderByDescending(each => each.Place)),
                1 => ("{ field: OPENED_AT, direction: ASC }", made.OrderBy(each => each.Place)),
                2 => ("{ field: NAME, direction: ASC }", made.OrderBy(each => each.Name, StringComparer.Ordinal)),
                _ => ("{ field: NAME, direction: DESC }", made.OrderByDescending(each => each.Name, StringComparer.Ordinal)),
            };
            string[] expected = [.. ordered.Where(keeps).Select(each => each.Name)];
            var because = $"seed {seed}, round {round}: {filter} {order}";
            (await PagesAsync(filter, order, random.Next(1, 9), backwards: false, expected.Length)).ShouldBe(expected, Case.Sensitive, because);
            (await PagesAsync(filter, order, random.Next(1, 9), backwards: true, expected.Length)).ShouldBe(expected, Case.Sensitive, because);
        }
    }

    [Fact]
    public async Task Releases_in_the_order_of_what_happened_to_them_are_what_the_log_says_now_and_at_any_place_of_it()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var service = $"ordered{Convert.ToHexStringLower(BitConverter.GetBytes(seed))}";
        var open = new List<string>();
        for (var i = 0; i < 14; i++) open.Add(await server.OpenAsync(service));
        for (var act = 0; act < 50; act++)
        {
            var path = open[random.Next(open.Count)];
            switch (random.Next(10))
            {
                case < 4:
                    var decided = await SignedRelease.DecideAsync(server, path, $$"""{"verdict":"NO_GO","reason":"not yet, {{act}}"}""");
                    if (!decided.IsSuccessStatusCode) await decided.ShouldBeProblemAsync(409, "already_decided");
                    break;
                case 4 when open.Count > 6:
                    await server.Client().PostJsonAsync($"{path}/close", """{"outcome":"abandoned","reason":"r"}""").ShouldBeCreatedAsync();
                    open.Remove(path);
                    break;
                default:
                    await server.Client().PostJsonAsync($"{path}/gates/review/attestations", $$"""{"met":true,"note":"seen, {{act}}"}""").ShouldBeCreatedAsync();
                    break;
            }
        }

        var log = new List<(long Sequence, string Release, string Type)>();
        for (string? cursor = null; ;)
        {
            var page = (await server.AskAsync("query($s: String!, $c: String) { events(first: 100, after: $c, filter: { services: [$s] }) { nodes { sequence stream type } pageInfo { hasNextPage endCursor } } }", new { s = service, c = cursor })).GetProperty("events");
            log.AddRange(page.GetProperty("nodes").EnumerateArray().Where(node => node.Text("stream").StartsWith("release/", StringComparison.Ordinal)).Select(node => (node.GetProperty("sequence").GetInt64(), node.Text("stream")["release/".Length..], node.Text("type"))));
            if (!page.At("pageInfo.hasNextPage").GetBoolean()) break;
            cursor = page.TextAt("pageInfo.endCursor");
        }

        for (var round = 0; round < 60; round++)
        {
            var field = new[] { "DECIDED_AT", "CLOSED_AT", "LAST_CHANGED" }[round % 3];
            var descending = random.Next(2) == 0;
            var until = random.Next(2) == 0 ? log[random.Next(log.Count)].Sequence : (long?)null;
            var known = log.Where(each => until is null || each.Sequence <= until).GroupBy(each => each.Release).Select(each => (
                Name: each.Key,
                Opened: each.Min(happened => happened.Sequence),
                Key: each.Where(happened => field switch { "DECIDED_AT" => happened.Type == "DECISION_MADE", "CLOSED_AT" => happened.Type == "RELEASE_CLOSED", _ => true }).Select(happened => (long?)happened.Sequence).Max())).ToList();
            string[] expected =
            [
                .. (descending ? known.OrderByDescending(each => each.Key) : known.OrderBy(each => each.Key)).Where(each => each.Key is not null).Select(each => each.Name),
                .. (descending ? known.OrderByDescending(each => each.Opened) : known.OrderBy(each => each.Opened)).Where(each => each.Key is null).Select(each => each.Name),
            ];
            var order = $"{{ field: {field}, direction: {(descending ? "DESC" : "ASC")} }}{(until is null ? "" : $", asOf: {{ sequence: {until} }}")}";
            var because = $"seed {seed}, round {round}: {order}";
            var filter = $"{{ services: [\"{service}\"]{(random.Next(3) == 0 ? ", verdict: [PENDING, NO_GO, GO]" : "")} }}";
            (await PagesAsync(filter, order, random.Next(1, 6), backwards: false, expected.Length)).ShouldBe(expected, Case.Sensitive, because);
            (await PagesAsync(filter, order, random.Next(1, 6), backwards: true, expected.Length)).ShouldBe(expected, Case.Sensitive, because);
        }
    }

    [Theory]
    [InlineData("größe")]
    [InlineData("Größ")]
    [InlineData("basket-GRÖßE, \"größ\"", false)]
    [InlineData("v1 words production büro")]
    [InlineData("nicht", false)]
    public async Task Words_of_any_language_are_found(string text, bool isFound = true)
    {
        var opened = await server.Client().PostJsonAsync("v1/releases", RunningServer.OpenBody("words/v1")[..^1] + ""","summary":"Die Größe des Warenkorbs (im Büro)"}""");
        if (!opened.IsSuccessStatusCode) await opened.ShouldBeProblemAsync(409, "release_exists");
        (await server.AskAsync("query($t: String) { releases(filter: { services: [\"words\"], text: $t }) { totalCount } }", new { t = text })).At("releases.totalCount").GetInt64().ShouldBe(isFound ? 1 : 0);
    }

    [Fact]
    public async Task Between_two_cursors_there_is_what_lies_between()
    {
        for (var i = 0; i < 5; i++) await server.OpenAsync("between");
        const string Query = """query($a: String, $b: String) { releases(after: $a, before: $b, filter: { services: ["between"] }, orderBy: { direction: ASC }) { edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage } } }""";
        var edges = (await server.AskAsync(Query)).At("releases.edges");
        var inner = (await server.AskAsync(Query, new { a = edges.TextAt("0.cursor"), b = edges.TextAt("4.cursor") })).At("releases.edges");
        inner.Each("node.name").ShouldBe(edges.Each("node.name")[1..4]);
    }

    private async Task<List<string>> PagesAsync(string filter, string order, int size, bool backwards, int total)
    {
        var names = new List<string>();
        string? cursor = null;
        while (true)
        {
            var arguments = backwards ? $"last: {size}, before: $c" : $"first: {size}, after: $c";
            var page = (await server.AskAsync(
                $$"""query($c: String) { releases({{arguments}}, filter: {{filter}}, orderBy: {{order}}) { totalCount nodes { name } edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }""", new { c = cursor })).GetProperty("releases");
            page.GetProperty("totalCount").GetInt64().ShouldBe(total);
            page.GetProperty("nodes").Each("name").ShouldBe(page.GetProperty("edges").Each("node.name"));
            names.InsertRange(backwards ? 0 : names.Count, page.GetProperty("nodes").Each("name"));
            if (!page.At(backwards ? "pageInfo.hasPreviousPage" : "pageInfo.hasNextPage").GetBoolean()) return names;
            page.GetProperty("nodes").GetArrayLength().ShouldBe(size);
            cursor = page.TextAt(backwards ? "pageInfo.startCursor" : "pageInfo.endCursor");
        }
    }

    private static (string Filter, Func<Made, bool> Keeps) Filter(Random random, string run, List<Made> made, List<DateTimeOffset> times)
    {
        var filters = new List<string> { $"""services: ["{run}a", "{run}b", "none"]""" };
        Func<Made, bool> keeps = _ => true;
        var sample = made[random.Next(made.Count)];
        for (var conditions = random.Next(3); conditions > 0; conditions--)
        {
            var (text, keep) = random.Next(16) switch
            {
                0 => ($"environment: \"{sample.Environment}\"", (Func<Made, bool>)(each => each.Environment == sample.Environment)),
                1 => ($"version: \"{sample.Version}\"", each => each.Version == sample.Version),
                2 => ($"commit: \"{sample.Commit[..8].ToUpperInvariant()}\"", each => each.Commit.StartsWith(sample.Commit[..8], StringComparison.Ordinal)),
                3 => ($"artifact: \"{sample.Artifact}\"", each => each.Artifact == sample.Artifact),
                4 => ("tool: JUNIT", each => each.Reported),
                5 => ("waived: {}", each => each.Waived),
                6 => ("waived: { gate: \"review\" }", each => each.Waived),
                7 => ("waived: { gate: \"tests\" }", _ => false),
                8 => ("closed: ABANDONED", each => each.Closed),
                14 => ($"ended: {{ from: \"{times[0]:O}\" }}", each => each.Closed),
                15 => ($"ended: {{ to: \"{times[0]:O}\" }}", _ => false),
                9 => ($"verdict: [{sample.Verdict}]", each => each.Verdict == sample.Verdict),
                10 => ($"gate: {{ name: \"tests\", outcome: [{sample.Tests}, NOT_EVALUATED] }}", each => each.Tests == sample.Tests),
                11 => ($"text: \"the {sample.Word[..3].ToUpperInvariant()}\"", each => each.Word[..3] == sample.Word[..3]),
                12 => ($"opened: {{ from: \"{times[sample.Place]:O}\" }}", each => times[each.Place] >= times[sample.Place]),
                _ => ($"opened: {{ to: \"{times[sample.Place]:O}\" }}", each => times[each.Place] < times[sample.Place]),
            };
            if (filters.Exists(filter => filter.Split(':')[0] == text.Split(':')[0])) continue;
            filters.Add(text);
            var before = keeps;
            keeps = each => before(each) && keep(each);
        }

        return ($"{{ {string.Join(", ", filters)} }}", keeps);
    }

    private async Task<List<DateTimeOffset>> TimesAsync(string run)
    {
        var nodes = (await server.AskAsync($$"""{ releases(first: 100, filter: { services: ["{{run}}a", "{{run}}b"] }, orderBy: { direction: ASC }) { nodes { openedAt } } }""")).At("releases.nodes");
        return [.. nodes.EnumerateArray().Select(node => node.GetProperty("openedAt").GetDateTimeOffset())];
    }

    private async Task<Made> MakeAsync(string run, Random random, int place)
    {
        string[] words = ["basket", "basin", "checkout", "search"];
        var release = new Made(
            $"{run}{(random.Next(2) == 0 ? "a" : "b")}", $"v{place}.{random.Next(3)}", random.Next(2) == 0 ? "production" : "staging",
            $"{(random.Next(2) == 0 ? "abcdef01" : "12345678")}aa11bb22cc33dd44ee55ff6677889900", $"sha256:{new string(random.Next(2) == 0 ? 'a' : 'b', 64)}",
            random.Next(3) > 0, random.Next(2) == 0, random.Next(3) == 0, random.Next(4) == 0, words[random.Next(words.Length)], place);
        var (admin, path) = (server.Client(), $"v1/releases/{release.Name}");
        await SignOffs.SignedRelease.ShouldBeCreatedAsync(admin.PostJsonAsync(
            "v1/releases",
            $$"""{"release":"{{release.Name}}","policy":"standard","commit":"{{release.Commit}}","artifacts":[{"name":"app","digest":"{{release.Artifact}}"}],"environment":"{{release.Environment}}","summary":"The {{release.Word}} is new"}"""));
        if (release.Reported) await SignOffs.SignedRelease.ShouldBeCreatedAsync(admin.ReportAsync(path, release.Passed ? RunningServer.PassingReport : RunningServer.FailingReport));
        if (release.Waived)
            await SignOffs.SignedRelease.ShouldBeCreatedAsync(admin.PostJsonAsync($"{path}/gates/review/waivers", """{"owner":"o","reason":"r","control":"c","until":"2999-01-01T00:00:00Z"}"""));
        if (release.Closed) await SignOffs.SignedRelease.ShouldBeCreatedAsync(admin.PostJsonAsync($"{path}/close", """{"outcome":"abandoned","reason":"r"}"""));
        return release;
    }
}
