using static Ledger.Intake.Tests.Fixtures;

namespace Ledger.Intake.Tests.Readers;

/// <summary>pip-audit, bandit, npm audit, gitleaks and SARIF: what would be green if absence counted.</summary>
public class ScannerReaderTests
{
    [Theory]
    [InlineData("pip-audit", "[]")]
    [InlineData("pip-audit", """{"dependencies":[],"fixes":[]}""")]
    [InlineData("pip-audit", """{"dependencies":[{"name":"a","skip_reason":"b"}]}""")]
    [InlineData("npm-audit", """{"error":{"code":"EAUDITNOPJSON","summary":"no"}}""")]
    [InlineData("npm-audit", """{"auditReportVersion":2,"vulnerabilities":{},"metadata":{"vulnerabilities":{"total":0},"dependencies":{"total":0}}}""")]
    [InlineData("npm-audit", """{"auditReportVersion":2,"vulnerabilities":{}}""")]
    [InlineData("bandit", """{"errors":[],"metrics":{"_totals":{"loc":0}},"results":[]}""")]
    [InlineData("bandit", """{"errors":[],"metrics":{"_totals":{}},"results":[]}""")]
    [InlineData("sarif", """{"version":"2.1.0","runs":[]}""")]
    [InlineData("sarif", """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}}]}""")]
    [InlineData("sarif", """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[]},{"tool":{"driver":{"name":"y"}},"results":null}]}""")]
    [InlineData("sarif", """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[],"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[{"level":"error","message":{"text":"x"}}]}]}]}""")]
    [InlineData("sarif", """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"kind":"open","message":{"text":"?"}}]}]}""")]
    public void Nothing_looked_at_is_nothing_proved(string tool, string report)
    {
        var reading = Read(tool, report);
        reading.Evaluated.ShouldBeFalse();
        reading.Measurements.Where(measurement => measurement.Name.StartsWith("vulnerabilities.", StringComparison.Ordinal)
            || measurement.Name.StartsWith("issues.", StringComparison.Ordinal) || measurement.Name is "results.error" or "results.total").ShouldAllBe(measurement => measurement.Value > 0);
    }

    [Fact]
    public void A_skipped_dependency_is_counted_and_not_clean()
    {
        var reading = Read("pip-audit", """{"dependencies":[{"name":"a","version":"1","vulns":[]},{"name":"b","skip_reason":"not on PyPI"}]}""");
        reading.Evaluated.ShouldBeTrue();
        reading.Value("dependencies.skipped").ShouldBe(1);
        reading.Value("vulnerabilities.total").ShouldBe(0);
    }

    [Fact]
    public void Bandit_s_unfiltered_totals_count_where_its_results_were_filtered() =>
        Read("bandit", """{"errors":[],"metrics":{"_totals":{"loc":10,"SEVERITY.LOW":4.0}},"results":[]}""").Value("issues.low").ShouldBe(4);

    [Fact]
    public void Npm_s_listing_counts_where_its_summary_says_less() =>
        Read("npm-audit", """{"auditReportVersion":2,"vulnerabilities":{"a":{"severity":"critical"}},"metadata":{"vulnerabilities":{"critical":0,"total":0},"dependencies":{"total":3}}}""")
            .Value("vulnerabilities.critical").ShouldBe(1);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public void No_leak_is_no_finding_once_the_tool_is_named(string report)
    {
        var reading = Read("gitleaks", report);
        reading.Evaluated.ShouldBeTrue();
        reading.Value("findings.total").ShouldBe(0);
    }

    [Fact]
    public void An_older_SARIF_is_refused() => Refusal("sarif", """{"version":"2.0.0","runs":[]}""").ShouldBe(RefusalCodes.ToolMismatch);

    [Fact]
    public void An_invocation_that_raised_a_rule_s_level_is_heard() =>
        Read("sarif", """
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x","rules":[{"id":"A","defaultConfiguration":{"level":"note"}}]}},
            "invocations":[{"executionSuccessful":true,"ruleConfigurationOverrides":[{"descriptor":{"index":0},"configuration":{"level":"error"}}]}],
            "results":[{"ruleId":"A","ruleIndex":0,"provenance":{"invocationIndex":0},"message":{"text":"x"}}]}]}
            """).Value("results.error").ShouldBe(1);

    [Fact]
    public void A_rule_of_an_extension_gives_its_level() =>
        Read("sarif", """
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x","rules":[{"id":"A"}]},"extensions":[{"name":"e","rules":[{"id":"B","defaultConfiguration":{"level":"error"}}]}]},
            "results":[{"rule":{"index":0,"toolComponent":{"index":0}},"message":{"text":"x"}},{"ruleId":"B","message":{"text":"x"}}]}]}
            """).Value("results.error").ShouldBe(2);
}
