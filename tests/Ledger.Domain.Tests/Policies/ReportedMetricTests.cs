using System.Text;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using static Ledger.Domain.Tests.Policies.PolicyFixture;

namespace Ledger.Domain.Tests.Policies;

/// <summary>What a tool's numbers count in, and what it calls them, is said once, where the metric is.</summary>
public sealed class ReportedMetricTests
{
    [Fact]
    public void A_metric_is_found_by_what_it_is_reported_as_and_so_is_its_unit()
    {
        var policy = Reporting(new ReportedMetric("%", "failure-rate"));
        policy.ShouldBeSound();
        policy.MetricReportedAs("failure-rate").ShouldBe("error_rate");
        policy.MetricReportedAs("error_rate").ShouldBeNull();
        policy.UnitOf("error_rate")!.Value.Convert(0.5).ShouldBe(0.005);
        policy.UnitOf("other").ShouldBeNull();

        var observed = Sound with { Monitoring = new MonitoringPlan([new ObservedMetric("queue", "Queue", [], new ReportedMetric("ms"))], [], [], [], null) };
        observed.ShouldBeSound();
        observed.UnitOf("queue")!.Value.Unit.ShouldBe(Unit.Milliseconds);
    }

    [Theory]
    [InlineData("parsec", PolicyProblemCodes.InvalidValue)]
    [InlineData("5ms", PolicyProblemCodes.InvalidValue)]
    [InlineData("ms", PolicyProblemCodes.UnitMismatch)]
    [InlineData("count", PolicyProblemCodes.UnitMismatch)]
    public void A_unit_is_one_and_one_of_what_the_metric_is_held_against(string unit, string code) => Reporting(new ReportedMetric(unit)).ShouldHaveOneProblem(code, "$.analyses[0].reported.unit");

    [Fact]
    public void It_is_said_once_and_a_name_is_one_metrics()
    {
        var other = new MonitoringPlan([new ObservedMetric("error_rate", "Errors", [], new ReportedMetric("ratio"))], [], [], [], null);
        (Reporting(new ReportedMetric("%")) with { Monitoring = other }).ShouldHaveOneProblem(PolicyProblemCodes.Contradiction, "$.monitoring.metrics[0].reported.unit");
        (Reporting(new ReportedMetric("ratio")) with { Monitoring = other }).ShouldBeSound();
        var twice = new MonitoringPlan([new ObservedMetric("queue", "Queue", [], new ReportedMetric("ms", "r"))], [], [], [], null);
        (Reporting(new ReportedMetric("%", "r")) with { Monitoring = twice }).ShouldHaveOneProblem(PolicyProblemCodes.DuplicateName, "$.monitoring.metrics[0].reported.as");
    }

    [Fact]
    public void A_policy_that_says_nothing_of_it_is_written_as_it_always_was()
    {
        var written = Encoding.UTF8.GetString(PolicyJson.Write(Sound with { Analyses = [Analysis("errors", "error_rate")], Monitoring = new MonitoringPlan([new ObservedMetric("queue", "Queue", [])], [], [], [], null) }));
        written.ShouldNotContain("\"reported\":");
        Encoding.UTF8.GetString(PolicyJson.Write(Reporting(new ReportedMetric("%")))).ShouldContain("\"reported\":{\"unit\":\"%\"}");
    }

    private static Policy Reporting(ReportedMetric reported) => Sound with { Analyses = [Analysis("errors", "error_rate") with { Reported = reported }] };
}
