using static Ledger.Intake.Tests.Fixtures;

namespace Ledger.Intake.Tests.Readers;

public class CoverageReaderTests
{
    private const string Line = "<packages><package><classes><class><lines><line number='1' hits='1'/></lines></class></classes></package></packages>";

    [Theory]
    [InlineData("<coverage line-rate='1' lines-covered='0' lines-valid='0'/>")]
    [InlineData("<coverage line-rate='NaN' lines-covered='0' lines-valid='0'/>")]
    [InlineData("<coverage line-rate='1'/>")]
    [InlineData("<coverage line-rate='NaN'>" + Line + "</coverage>")]
    public void Coverage_of_no_line_is_no_coverage(string report)
    {
        var reading = Read("cobertura", report);
        reading.Evaluated.ShouldBeFalse();
        reading.Measurements.ShouldBeEmpty();
    }

    [Fact]
    public void The_rate_is_computed_from_its_counts() =>
        Read("cobertura", "<coverage line-rate='0.67' lines-covered='2' lines-valid='3'/>").Value("coverage.line").ShouldBe(2.0 / 3);

    [Fact]
    public void A_rate_that_contradicts_its_counts_proves_nothing()
    {
        var reading = Read("cobertura", "<coverage line-rate='0.99' lines-covered='1' lines-valid='3'/>");
        reading.Evaluated.ShouldBeFalse();
        reading.Value("coverage.line").ShouldBeNull();
    }

    [Theory]
    [InlineData("<coverage line-rate='1.5'/>")]
    [InlineData("<coverage line-rate='high'/>")]
    [InlineData("<coverage line-rate='1' lines-covered='4' lines-valid='3'/>")]
    [InlineData("<coverage line-rate='1' lines-covered='-1' lines-valid='3'/>")]
    public void A_coverage_that_cannot_be_is_refused(string report) => Refusal("cobertura", report).ShouldBe(RefusalCodes.ToolMismatch);

    [Fact]
    public void Without_branches_there_is_no_branch_coverage() =>
        Read("cobertura", "<coverage line-rate='1' branch-rate='1' lines-covered='3' lines-valid='3' branches-covered='0' branches-valid='0'/>").Value("coverage.branch").ShouldBeNull();

    [Fact]
    public void Clover_s_coverage_element_is_not_Cobertura_s() =>
        Refusal(null, "<coverage generated='1'><project/></coverage>").ShouldBe(RefusalCodes.ToolUnrecognised);
}
