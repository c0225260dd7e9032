using Ledger.Domain.Measurements;
using static Ledger.Intake.Tests.Fixtures;

namespace Ledger.Intake.Tests.Readers;

public class K6ReaderTests
{
    [Theory]
    [InlineData("handle-summary.json")]
    [InlineData("summary-export.json")]
    [InlineData("machine-readable.json")]
    public void All_three_shapes_say_the_same(string fixture)
    {
        var reading = Read("k6", Bytes(Path.Combine("k6", fixture)));
        reading.Value("http_req_duration.p(95)").ShouldBe(148.9);
        reading.Value("http_req_failed.rate").ShouldBe(0.01);
        reading.Value("http_reqs.count").ShouldBe(1000);
    }

    [Fact]
    public void Passes_of_http_req_failed_are_the_requests_that_failed()
    {
        var reading = Read("k6", """{"metrics":{"http_req_failed":{"type":"rate","contains":"default","values":{"rate":0.25,"passes":1,"fails":3}}}}""");
        reading.Value("http_req_failed.passes").ShouldBe(1);
        reading.Value("http_req_failed.rate").ShouldBe(0.25);
    }

    [Fact]
    public void A_summary_export_s_threshold_that_is_true_was_crossed() =>
        Read("k6", """{"metrics":{"http_req_duration":{"avg":1,"max":2,"thresholds":{"max<1":true,"avg<2":false}}}}""").Value("thresholds.failed").ShouldBe(1);

    [Fact]
    public void A_handle_summary_s_threshold_that_is_ok_was_met() =>
        Read("k6", """{"metrics":{"http_req_duration":{"type":"trend","contains":"time","values":{"avg":1},"thresholds":{"avg<2":{"ok":true}}}}}""").Value("thresholds.failed").ShouldBe(0);

    [Fact]
    public void The_machine_readable_summary_has_no_thresholds_so_none_are_said_to_have_held()
    {
        var reading = Read("k6", Bytes(Path.Combine("k6", "machine-readable.json")));
        reading.Value("thresholds.failed").ShouldBeNull();
        reading.Value("thresholds.total").ShouldBeNull();
    }

    [Fact]
    public void Without_thresholds_none_are_said_to_have_held()
    {
        var reading = Read("k6", """{"metrics":{"http_req_duration":{"type":"trend","contains":"time","values":{"avg":1}}}}""");
        reading.Value("thresholds.total").ShouldBe(0);
        reading.Value("thresholds.failed").ShouldBeNull();
    }

    [Fact]
    public void A_threshold_met_by_a_metric_without_samples_leaves_open_whether_all_held()
    {
        var reading = Read("k6", """
            {"metrics":{"http_req_duration":{"type":"trend","contains":"time","values":{"avg":1},"thresholds":{"avg<2":{"ok":true}}},
            "http_req_duration{name:checkout}":{"type":"trend","contains":"time","values":{"avg":0,"max":0},"thresholds":{"avg<2":{"ok":true}}}}}
            """);
        reading.Value("thresholds.failed").ShouldBeNull();
        reading.Value("http_req_duration{name:checkout}.avg").ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"metrics":{},"root_group":{}}""")]
    [InlineData("""{"metrics":{"vus":{"type":"gauge","contains":"default","values":{"value":1,"min":1,"max":1}},"http_reqs":{"type":"counter","contains":"default","values":{"count":0,"rate":0}}}}""")]
    [InlineData("""{"version":"1.0.0","config":{},"results":{"metrics":[]}}""")]
    public void A_run_without_samples_proves_nothing(string report) => Read("k6", report).Evaluated.ShouldBeFalse();

    [Fact]
    public void A_rate_of_no_request_is_not_zero() =>
        Read("k6", """{"metrics":{"http_req_failed":{"type":"rate","contains":"default","values":{"rate":0,"passes":0,"fails":0}},"http_reqs":{"type":"counter","contains":"default","values":{"count":1,"rate":1}}}}""")
            .Value("http_req_failed.rate").ShouldBeNull();

    [Fact]
    public void A_rate_that_contradicts_its_counts_is_refused() =>
        Refusal("k6", """{"metrics":{"http_req_failed":{"type":"rate","contains":"default","values":{"rate":0,"passes":10,"fails":90}}}}""").ShouldBe(RefusalCodes.ToolMismatch);

    [Fact]
    public void A_custom_metric_is_measured_in_what_it_contains()
    {
        var reading = Read("k6", """
            {"metrics":{"waits":{"type":"trend","contains":"time","values":{"avg":3}},"uploads":{"type":"counter","contains":"data","values":{"count":10,"rate":2}},
            "ok":{"type":"rate","contains":"default","values":{"rate":1,"passes":1,"fails":0}},"queue":{"type":"gauge","contains":"default","values":{"value":7,"min":1,"max":9}}}}
            """);
        Unit UnitOf(string name) => reading.Measurements.Single(measurement => measurement.Name == name).Unit;
        UnitOf("waits.avg").ShouldBe(Unit.Milliseconds);
        UnitOf("uploads.count").ShouldBe(Unit.Bytes);
        UnitOf("uploads.rate").ShouldBe(Unit.PerSecond);
        UnitOf("ok.rate").ShouldBe(Unit.Ratio);
        UnitOf("queue.max").ShouldBe(Unit.Count);
    }

    [Fact]
    public void Set_up_data_is_never_kept()
    {
        var reading = Read("k6", """{"setup_data":{"a":"plain words","b":["x y"]},"metrics":{"http_req_duration":{"type":"trend","contains":"time","values":{"avg":1}}}}""");
        reading.Redactions.ShouldBe(2);
        System.Text.Encoding.UTF8.GetString(reading.RedactedReport.Span).ShouldContain("""{"a":"[SECRET_REDACTED]","b":["[SECRET_REDACTED]"]}""");
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_sub_metric_whose_name_no_measurement_can_have_is_left_out(int length, bool isMeasured)
    {
        var name = "http_reqs{" + new string('t', length - "http_reqs{}.count".Length) + "}";
        var reading = Read("k6", """{"metrics":{"http_req_duration":{"type":"trend","values":{"avg":1}},"NAME":{"type":"counter","values":{"count":2}}}}""".Replace("NAME", name, StringComparison.Ordinal));
        reading.Measurements.Any(measurement => measurement.Name == name + ".count").ShouldBe(isMeasured);
    }

    [Fact]
    public void More_metrics_than_a_report_may_have_are_refused()
    {
        var metrics = string.Join(",", Enumerable.Range(0, 501).Select(i => $$$"""  "m{{{i}}}":{"type":"gauge","contains":"default","values":{"value":1}}  """));
        Refusal("k6", $$$"""{"metrics":{ {{{metrics}}} }}""").ShouldBe(RefusalCodes.TooManyMeasurements);
    }
}
