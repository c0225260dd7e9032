using static Ledger.Intake.Tests.Fixtures;

namespace Ledger.Intake.Tests.Readers;

public class TestResultReaderTests
{
    [Theory]
    [InlineData("<testsuites/>")]
    [InlineData("<testsuite tests='5' failures='0'/>")]
    [InlineData("<testsuites><testsuite name='a'><properties/></testsuite></testsuites>")]
    public void A_JUnit_report_without_a_test_case_has_no_pass_rate(string report)
    {
        var reading = Read("junit", report);
        reading.Evaluated.ShouldBeFalse();
        reading.Measurements.ShouldBeEmpty();
    }

    [Fact]
    public void Tests_that_were_all_skipped_prove_nothing()
    {
        var reading = Read("junit", "<testsuite><testcase><skipped/></testcase></testsuite>");
        reading.Evaluated.ShouldBeFalse();
        reading.NotEvaluatedBecause.ShouldBe("every test was skipped");
        reading.Value("tests.failed").ShouldBeNull();
    }

    [Fact]
    public void Count_attributes_are_not_believed()
    {
        var reading = Read("junit", "<testsuite tests='90' failures='0' errors='0'><testcase><failure/></testcase><testcase/></testsuite>");
        reading.Value("tests.total").ShouldBe(2);
        reading.Value("tests.failed").ShouldBe(1);
    }

    [Fact]
    public void A_suite_that_broke_outside_its_tests_has_an_error() =>
        Read("junit", "<testsuite><error message='set-up'/><testcase/></testsuite>").Value("tests.errors").ShouldBe(1);

    [Theory]
    [InlineData("<testcase status='notrun'/>", "tests.skipped")]
    [InlineData("<testcase result='suppressed'/>", "tests.skipped")]
    [InlineData("<testcase status='failed'/>", "tests.failed")]
    [InlineData("<testcase status='error'></testcase>", "tests.errors")]
    public void A_test_that_says_in_an_attribute_that_it_did_not_pass_did_not(string testCase, string metric) =>
        Read("junit", $"<testsuite><testcase/>{testCase}</testsuite>").Value(metric).ShouldBe(1);

    [Fact]
    public void A_nested_failure_element_in_output_is_no_failure() =>
        Read("junit", "<testsuite><testcase><system-out><failure/></system-out></testcase></testsuite>").Value("tests.passed").ShouldBe(1);

    [Fact]
    public void A_time_with_a_comma_leaves_the_duration_unsaid() =>
        Read("junit", "<testsuite><testcase time='1,5'/><testcase time='1'/></testsuite>").Value("tests.duration").ShouldBeNull();

    [Theory]
    [InlineData("Passed", "tests.passed")]
    [InlineData("Failed", "tests.failed")]
    [InlineData("Error", "tests.errors")]
    [InlineData("Timeout", "tests.errors")]
    [InlineData("PassedButRunAborted", "tests.errors")]
    [InlineData("Inconclusive", "tests.skipped")]
    [InlineData("NotExecuted", "tests.skipped")]
    public void Each_outcome_of_TRX_is_counted(string outcome, string metric) =>
        Read("trx", Trx($"<UnitTestResult outcome='Passed'/><UnitTestResult outcome='Failed'/><UnitTestResult outcome='{outcome}'/>", "Failed")).Value(metric)
            .ShouldBe(outcome is "Passed" or "Failed" ? 2 : 1);

    [Fact]
    public void An_outcome_that_TRX_does_not_know_is_refused() => Refusal("trx", Trx("<UnitTestResult outcome='Fine'/>", "Completed")).ShouldBe(RefusalCodes.ToolMismatch);

    [Theory]
    [InlineData("Failed")]
    [InlineData("Aborted")]
    [InlineData("Error")]
    public void A_run_that_failed_on_its_own_proves_nothing(string outcome)
    {
        var reading = Read("trx", Trx("<UnitTestResult outcome='Passed'/>", outcome));
        reading.Evaluated.ShouldBeFalse();
        reading.Value("tests.pass_rate").ShouldBeNull();
    }

    [Fact]
    public void Failures_that_only_the_counters_know_of_prove_nothing() =>
        Read("trx", Trx("<UnitTestResult outcome='Passed'/>", "Completed", failed: 2)).Evaluated.ShouldBeFalse();

    [Fact]
    public void A_TRX_in_UTF_16_reads_by_its_own_declaration()
    {
        var xml = "<?xml version=\"1.0\" encoding=\"utf-16\"?>" + Trx("<UnitTestResult outcome='Passed'/>", "Completed");
        Read(null, [.. System.Text.Encoding.Unicode.GetPreamble(), .. System.Text.Encoding.Unicode.GetBytes(xml)]).Value("tests.passed").ShouldBe(1);
        Read("trx", System.Text.Encoding.BigEndianUnicode.GetPreamble().Concat(System.Text.Encoding.BigEndianUnicode.GetBytes(xml)).ToArray()).Value("tests.passed").ShouldBe(1);
    }

    private static string Trx(string results, string outcome, int failed = 0) =>
        $"<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'><Results>{results}</Results><ResultSummary outcome='{outcome}'><Counters failed='{failed}'/></ResultSummary></TestRun>";
}
