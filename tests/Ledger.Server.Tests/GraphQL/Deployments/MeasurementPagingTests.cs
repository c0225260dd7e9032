namespace Ledger.Server.Tests.GraphQL.Deployments;

/// <summary>Measurements in pages, either way, whatever the filter: each once, in the order in which they came in.</summary>
[Collection(ServerCollection.Name)]
public sealed class MeasurementPagingTests(RunningServer server)
{
    [Fact]
    public async Task Every_measurement_comes_once_whichever_way_it_is_paged()
    {
        var rollout = await Rollout.FailingAsync(server, "measured");
        await rollout.MeasureAsync([.. Enumerable.Range(0, 30).Select(i => i / 1000.0)]);
        await rollout.MeasureAsync(0.5);
        double[] expected = [0.1, 0.2, .. Enumerable.Range(0, 30).Select(i => i / 1000.0), 0.5];
        foreach (var size in new[] { 1, 4, 32, 33, 100 })
        {
            (await PagesAsync(rollout, size, "first", "ASC")).ShouldBe(expected);
            (await PagesAsync(rollout, size, "last", "ASC")).ShouldBe(expected);
            (await PagesAsync(rollout, size, "first", "DESC")).ShouldBe(Enumerable.Reverse(expected));
        }
    }

    [Fact]
    public async Task A_metric_and_a_period_narrow_them_and_an_analysis_has_those_of_its_step()
    {
        var rollout = await Rollout.FailingAsync(server, "narrowed");
        var all = (await rollout.AskAsync("measurements { totalCount nodes { metric at source unit value outcome timing because event { sequence type } } }")).At("measurements");
        all.At("totalCount").GetInt64().ShouldBe(2);
        all.At("nodes").Each("event.type").Distinct().ShouldBe(["ANALYSIS_MEASURED"]);
        var second = all.TextAt("nodes.1.at");
        (await CountAsync("metric: \"error_rate\"")).ShouldBe(2);
        (await CountAsync("metric: \"burn\"")).ShouldBe(0);
        (await CountAsync($"period: {{ from: \"{second}\" }}")).ShouldBe(1);
        (await CountAsync($"period: {{ to: \"{second}\" }}")).ShouldBe(1);
        var steps = (await rollout.AskAsync("steps { analyses { measurements(first: 1) { totalCount nodes { value } pageInfo { hasNextPage } } } }")).At("steps");
        steps.At("0.analyses.0.measurements.totalCount").GetInt64().ShouldBe(2);
        steps.At("0.analyses.0.measurements.pageInfo.hasNextPage").GetBoolean().ShouldBeTrue();

        async Task<long> CountAsync(string arguments)
        {
            var found = (await rollout.AskAsync($"measurements({arguments}) {{ totalCount nodes {{ at }} }}")).At("measurements");
            found.At("nodes").GetArrayLength().ShouldBe((int)found.At("totalCount").GetInt64());
            return found.At("totalCount").GetInt64();
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var rollout = await Rollout.FailingAsync(server, "cursored");
        var cursor = (await rollout.AskAsync("measurements(first: 1) { pageInfo { endCursor } }")).TextAt("measurements.pageInfo.endCursor");
        (await server.Client("auditor").RefusalAsync($$"""{ release({{rollout.Named}}) { deployment { measurements(after: "{{cursor}}", metric: "burn") { nodes { at } } } } }""")).ShouldBe("BAD_CURSOR");
    }

    private static async Task<List<double>> PagesAsync(Rollout rollout, int size, string which, string order)
    {
        var values = new List<double>();
        for (string? cursor = null; ;)
        {
            var place = cursor is null ? "" : $", {(which == "first" ? "after" : "before")}: \"{cursor}\"";
            var page = (await rollout.AskAsync($"measurements({which}: {size}{place}, orderBy: {order}) {{ nodes {{ value }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }}")).At("measurements");
            values.InsertRange(which == "first" ? values.Count : 0, page.At("nodes").EnumerateArray().Select(node => node.At("value").GetDouble()));
            if (!page.At(which == "first" ? "pageInfo.hasNextPage" : "pageInfo.hasPreviousPage").GetBoolean()) return values;
            cursor = page.TextAt(which == "first" ? "pageInfo.endCursor" : "pageInfo.startCursor");
        }
    }
}
