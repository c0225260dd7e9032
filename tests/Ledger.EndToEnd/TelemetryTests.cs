using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Ledger.EndToEnd;

/// <summary>Traces and metrics of a real server, as a collector gets them.</summary>
public sealed class TelemetryTests
{
    private const string Canary = "jane.canary@example.com";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(false, "/v1/traces", "/v1/metrics")]
    [InlineData(true, "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    public async Task A_collector_gets_traces_and_metrics_and_nobody_s_data(bool grpc, string traces, string metrics)
    {
        await using var collector = await Collector.StartAsync(grpc);
        await using var ledger = new Installation(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = grpc ? "grpc" : "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100", ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        });
        await ledger.StartServerAsync();
        (await ledger.RunAsync("policy", "publish", Path.Combine(Repository.Root, "schema", "policies", "web-service.yaml"))).Exit.ShouldBe(0);
        (await ledger.RunAsync(
            "release", "open", "shop/1.0.0", "--policy", "web-service", "--commit", "4be1c0ffee1", "--summary", $"for {Canary}",
            "--artifact", "shop=sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20")).Exit.ShouldBe(0);

        // Of what went well one trace in ten is kept, so many are needed for one to be there. The address holds what must not be passed on.
        ledger.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ledger.Token("auditor"));
        for (var n = 0; n < 300; n++) (await ledger.Client.GetAsync($"/v1/releases/shop/{Uri.EscapeDataString(Canary)}?who={Canary}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var clock = Stopwatch.StartNew();
        while (!(Has(collector, traces, "http.route", "/v1/releases/{service}/{version}") && Has(collector, metrics, "ledger.append.group.size")))
        {
            clock.Elapsed.ShouldBeLessThan(Patience, Texts(collector));
            await Task.Delay(100);
        }

        var token = ledger.Token("auditor");
        foreach (var (path, body) in collector.Arrived)
        {
            body.ShouldNotContain(Canary, Case.Sensitive, path);
            body.ShouldNotContain(Uri.EscapeDataString(Canary), Case.Sensitive, path);
            body.ShouldNotContain(token, Case.Sensitive, path);
            body.Replace("login password 'SCRAM-SHA-256$", "", StringComparison.Ordinal).ShouldNotContain("login password '", Case.Sensitive, path);
            body.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)), Case.Sensitive, path);
        }
    }

    // What can be read of what arrived, for whoever has to find out why something did not.
    private static string Texts(Collector collector) =>
        string.Join('\n', collector.Arrived.GroupBy(arrived => arrived.Path).Select(group => $"{group.Key}: {string.Concat(group.Last().Body.Select(c => c is >= ' ' and < '\x7f' ? c : ' '))}"));

    private static bool Has(Collector collector, string path, params string[] texts) =>
        collector.Arrived.Any(arrived => arrived.Path == path && texts.All(text => arrived.Body.Contains(text, StringComparison.Ordinal)));
}
