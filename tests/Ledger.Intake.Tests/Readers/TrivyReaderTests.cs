using static Ledger.Intake.Tests.Fixtures;

namespace Ledger.Intake.Tests.Readers;

public class TrivyReaderTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"SchemaVersion":2,"ArtifactName":"x"}""")]
    [InlineData("""{"SchemaVersion":2,"ArtifactName":"x","Results":null}""")]
    [InlineData("""{"SchemaVersion":2,"ArtifactName":"x","Results":[]}""")]
    [InlineData("""{"SchemaVersion":2,"ArtifactName":"x","Results":[{"Target":"x","Class":"custom"}]}""")]
    public void Nothing_scanned_is_not_zero_criticals(string report)
    {
        var reading = Read("trivy", report);
        reading.Evaluated.ShouldBeFalse();
        reading.NotEvaluatedBecause.ShouldBe("Trivy found nothing to scan");
        reading.Measurements.ShouldBeEmpty();
    }

    [Fact]
    public void A_configuration_scan_says_nothing_of_vulnerabilities_and_no_scan_proves_there_are_no_secrets()
    {
        var reading = Read("trivy", """{"SchemaVersion":2,"Results":[{"Target":"Dockerfile","Class":"config","MisconfSummary":{"Successes":9,"Failures":0}}]}""");
        reading.Evaluated.ShouldBeTrue();
        reading.Value("misconfigurations.total").ShouldBe(0);
        reading.Value("vulnerabilities.critical").ShouldBeNull();
        reading.Value("secrets.total").ShouldBeNull();
    }

    [Fact]
    public void A_configuration_file_that_no_check_applied_to_proves_nothing() =>
        Read("trivy", """{"SchemaVersion":2,"Results":[{"Target":"x.yaml","Class":"config","MisconfSummary":{"Successes":0,"Failures":0}}]}""").Evaluated.ShouldBeFalse();

    [Fact]
    public void A_package_list_beside_a_licence_scan_is_no_vulnerability_scan()
    {
        var reading = Read("trivy", """{"SchemaVersion":2,"Results":[{"Target":"x","Class":"os-pkgs","Packages":[{"Name":"musl"}]},{"Target":"OS Packages","Class":"license"}]}""");
        reading.Value("vulnerabilities.critical").ShouldBeNull();
        reading.Value("licenses.total").ShouldBe(0);
    }

    [Fact]
    public void An_operating_system_past_its_end_of_life_leaves_no_zero_standing()
    {
        var reading = Read("trivy", """{"SchemaVersion":2,"Metadata":{"OS":{"Family":"alpine","Name":"3.9","EOSL":true}},"Results":[{"Target":"x","Class":"os-pkgs"}]}""");
        reading.Evaluated.ShouldBeFalse();
        reading.Value("os.end_of_life").ShouldBe(1);
        reading.Value("vulnerabilities.critical").ShouldBeNull();
    }

    [Fact]
    public void Without_a_scan_of_its_packages_an_operating_system_is_not_said_to_be_supported() =>
        Read("trivy", """{"SchemaVersion":2,"Metadata":{"OS":{"Family":"alpine","Name":"3.9"}},"Results":[{"Target":"x","Class":"lang-pkgs"}]}""").Value("os.end_of_life").ShouldBeNull();

    [Fact]
    public void Suppressed_findings_are_counted_apart_and_only_where_they_are_shown()
    {
        var shown = Read("trivy", """{"SchemaVersion":2,"Results":[{"Target":"x","Class":"os-pkgs","ExperimentalModifiedFindings":[{"Finding":{"Severity":"CRITICAL"}}]}]}""");
        shown.Value("suppressed.total").ShouldBe(1);
        shown.Value("vulnerabilities.critical").ShouldBe(0);
        Read("trivy", """{"SchemaVersion":2,"Results":[{"Target":"x","Class":"os-pkgs"}]}""").Value("suppressed.total").ShouldBeNull();
    }

    [Fact]
    public void A_finding_without_severity_is_unknown_and_one_with_a_severity_of_nobody_s_is_refused()
    {
        Read("trivy", """{"SchemaVersion":2,"Results":[{"Target":"x","Class":"os-pkgs","Vulnerabilities":[{}]}]}""").Value("vulnerabilities.unknown").ShouldBe(1);
        Refusal("trivy", """{"SchemaVersion":2,"Results":[{"Target":"x","Class":"os-pkgs","Vulnerabilities":[{"Severity":"SCARY"}]}]}""").ShouldBe(RefusalCodes.ToolMismatch);
    }

    [Theory]
    [InlineData("""{"SchemaVersion":3,"Results":[]}""")]
    [InlineData("""{"SchemaVersion":2,"Results":{}}""")]
    [InlineData("""{"SchemaVersion":2,"Results":["x"]}""")]
    [InlineData("""{"SchemaVersion":2,"Results":[{"Vulnerabilities":"none"}]}""")]
    public void Another_shape_is_refused(string report) => Refusal("trivy", report).ShouldBe(RefusalCodes.ToolMismatch);

    [Fact]
    public void An_image_id_is_no_manifest_digest() =>
        Read("trivy", """{"SchemaVersion":2,"ArtifactName":"x:1","Metadata":{"ImageID":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},"Results":[]}""").Subjects.Digests.ShouldBeEmpty();
}
