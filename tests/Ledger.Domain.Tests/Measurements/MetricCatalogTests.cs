using Ledger.Domain.Measurements;

namespace Ledger.Domain.Tests.Measurements;

public class MetricCatalogTests
{
    [Theory]
    [InlineData("http_req_duration.p(95)", Unit.Milliseconds)]
    [InlineData("http_req_duration{expected_response:true}.p(99.9)", Unit.Milliseconds)]
    [InlineData("http_req_failed.rate", Unit.Ratio)]
    [InlineData("http_req_failed{name:checkout}.rate", Unit.Ratio)]
    [InlineData("http_req_failed.passes", Unit.Count)]
    [InlineData("http_reqs.count", Unit.Count)]
    [InlineData("http_reqs.rate", Unit.PerSecond)]
    [InlineData("data_received{scenario:soak}.count", Unit.Bytes)]
    [InlineData("thresholds.failed", Unit.Count)]
    [InlineData("test_run.duration", Unit.Milliseconds)]
    public void A_metric_of_k6_and_its_sub_metrics_have_one_unit(string metric, Unit unit)
    {
        MetricCatalog.TryFind("k6", metric, out var found).ShouldBeTrue();
        found.ShouldBe(unit);
    }

    [Theory]
    [InlineData("uploads.count")]
    [InlineData("order_size.p(95)")]
    [InlineData("cache_hits.rate")]
    [InlineData("queue_depth.value")]
    public void A_metric_of_a_script_s_own_takes_the_unit_it_is_given(string metric)
    {
        MetricCatalog.TryFind("k6", metric, out var found).ShouldBeTrue();
        found.ShouldBeNull();
    }

    [Theory]
    [InlineData("k6", "http_req_duration")]
    [InlineData("k6", "http_req_duration.p95")]
    [InlineData("k6", "http_req_duration.p(95")]
    [InlineData("k6", "http_req_duration{a:b.p(95)")]
    [InlineData("k6", "thresholds.passed")]
    [InlineData("trivy", "vulnerabilities.severe")]
    [InlineData("Trivy", "vulnerabilities.critical")]
    [InlineData("measurements", "has space")]
    [InlineData("measurements", "")]
    public void What_no_report_can_state_is_not_found(string tool, string metric) => MetricCatalog.TryFind(tool, metric, out _).ShouldBeFalse();

    [Fact]
    public void Every_fixed_metric_has_a_unit_and_every_tool_is_known()
    {
        foreach (var tool in MetricCatalog.Tools)
        {
            MetricCatalog.Knows(tool).ShouldBeTrue();
            foreach (var metric in MetricCatalog.MetricsOf(tool))
            {
                MetricCatalog.TryFind(tool, metric, out var unit).ShouldBeTrue();
                unit.ShouldNotBeNull();
            }
        }
    }
}
