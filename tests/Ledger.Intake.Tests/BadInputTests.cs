using System.Text;
using static Ledger.Intake.Tests.Fixtures;

namespace Ledger.Intake.Tests;

public class BadInputTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("\uFEFF")]
    public void An_empty_report_is_refused(string report)
    {
        Refusal(null, report).ShouldBe(RefusalCodes.Empty);
        Refusal("k6", report).ShouldBe(RefusalCodes.Empty);
    }

    [Fact]
    public void A_report_at_the_limit_is_parsed_and_one_byte_more_is_not_looked_at()
    {
        var report = new byte[ReportLimits.MaxBytes];
        report.AsSpan().Fill((byte)' ');
        "[]"u8.CopyTo(report);
        Read("gitleaks", report).Evaluated.ShouldBeTrue();
        Refusal("gitleaks", [.. report, (byte)' ']).ShouldBe(RefusalCodes.TooLarge);
    }

    [Fact]
    public void An_unknown_tool_is_refused_with_the_known_ones()
    {
        var refused = ReportReader.Read("{}"u8.ToArray(), "Trivy").ShouldBeOfType<ReadResult.Refused>();
        refused.Code.ShouldBe(RefusalCodes.ToolUnknown);
        refused.Hint.ShouldContain("trivy");
    }

    [Theory]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("[1,2,3]")]
    [InlineData("<html/>")]
    [InlineData("just words")]
    [InlineData("key: value")]
    [InlineData("42")]
    public void What_no_tool_wrote_is_not_recognised(string report)
    {
        var refused = ReportReader.Read(Encoding.UTF8.GetBytes(report)).ShouldBeOfType<ReadResult.Refused>();
        refused.Code.ShouldBe(RefusalCodes.ToolUnrecognised);
        refused.Hint.ShouldContain("policy-report");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData(" null\n")]
    public void What_several_tools_write_for_nothing_is_ambiguous(string report) => Refusal(null, report).ShouldBe(RefusalCodes.Ambiguous);

    [Theory]
    [InlineData("gitleaks", "[")]
    [InlineData("gitleaks", "[]]")]
    [InlineData("gitleaks", "[] []")]
    [InlineData("gitleaks", "[],")]
    [InlineData("gitleaks", "[/* no comments */]")]
    [InlineData("gitleaks", "[1,]")]
    [InlineData("gitleaks", "[NaN]")]
    [InlineData("gitleaks", "['x']")]
    [InlineData("gitleaks", "nul")]
    [InlineData("gitleaks", """["\ud800"]""")]
    [InlineData("gitleaks", """[{"\ud800":1}]""")]
    [InlineData("trivy", "2026-03-02T08:15:00Z INFO Vulnerability scanning is enabled")]
    [InlineData("junit", "Tests passed")]
    [InlineData("junit", "<testsuite>")]
    [InlineData("junit", "<testsuite></testsuite><testsuite/>")]
    [InlineData("junit", "<testsuite a='1' a='2'/>")]
    [InlineData("junit", "<testsuite>&nbsp;</testsuite>")]
    [InlineData("junit", "<?xml version=\"1.1\"?><testsuite/>")]
    [InlineData("junit", "<testsuite>\u0001</testsuite>")]
    [InlineData("argocd", "kind: [Application")]
    [InlineData("argocd", "kind: Application\n\tapiVersion: x")]
    [InlineData("argocd", "? [a, b]\n: c")]
    public void What_is_not_well_formed_is_refused(string tool, string report) => Refusal(tool, report).ShouldBe(RefusalCodes.Malformed);

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Refusal("gitleaks", [(byte)'[', (byte)'"', 0xFF, (byte)'"', (byte)']']).ShouldBe(RefusalCodes.Malformed);
        Refusal("argocd", [(byte)'a', (byte)':', (byte)' ', 0xC3, 0x28]).ShouldBe(RefusalCodes.Malformed);
        Refusal(null, [0x1F, 0x8B, 0x08, 0x00, 0x00]).ShouldBe(RefusalCodes.Malformed);
    }

    [Theory]
    [InlineData("trivy", """{"SchemaVersion":2,"Results":[],"Results":[{"Target":"x","Class":"os-pkgs"}]}""")]
    [InlineData("trivy", """{"SchemaVersion":2,"\u0052esults":[],"Results":[]}""")]
    [InlineData("trivy", """{"SchemaVersion":2,"Results":[{"Metadata":{"deep":{"a":1,"a":2}}}]}""")]
    [InlineData("measurements", "measurements: []\nmeasurements: []\n")]
    public void A_member_stated_twice_is_refused_anywhere(string tool, string report) => Refusal(tool, report).ShouldBe(RefusalCodes.DuplicateKey);

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        byte[] bom = [0xEF, 0xBB, 0xBF];
        Read("gitleaks", [.. bom, .. "[]"u8]).RedactedReport.Length.ShouldBe(5);
        Read("junit", [.. bom, .. "<testsuite><testcase/></testsuite>"u8]).Evaluated.ShouldBeTrue();
        Read("measurements", [.. bom, .. "measurements: [{name: a, value: 1}]"u8]).Evaluated.ShouldBeTrue();
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1_000_000, false)]
    public void Depth_is_bounded_in_JSON(int depth, bool isRead)
    {
        var report = new string('[', depth) + (depth > 100 ? "" : new string(']', depth));
        Refusal(null, report).ShouldBe(isRead ? RefusalCodes.ToolUnrecognised : RefusalCodes.TooDeep);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1_000_000, false)]
    public void Depth_is_bounded_in_YAML(int depth, bool isRead)
    {
        var report = string.Concat(Enumerable.Repeat("- ", depth));
        Refusal(null, report).ShouldBe(isRead ? RefusalCodes.ToolUnrecognised : RefusalCodes.TooDeep);
        if (!isRead) Refusal(null, "a: " + new string('[', depth)).ShouldBe(RefusalCodes.TooDeep);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1_000_000, false)]
    public void Depth_is_bounded_in_XML(int depth, bool isRead)
    {
        var report = string.Concat(Enumerable.Repeat("<a>", depth)) + (depth > 100 ? "" : string.Concat(Enumerable.Repeat("</a>", depth)));
        Refusal(null, report).ShouldBe(isRead ? RefusalCodes.ToolUnrecognised : RefusalCodes.TooDeep);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"y\">]><testsuite>&x;</testsuite>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><testsuite>&x;</testsuite>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:1/x\">]><testsuite>&x;</testsuite>")]
    [InlineData("<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x\"> %x;]><testsuite/>")]
    [InlineData("<!DOCTYPE a [<!ATTLIST testcase status CDATA \"passed\">]><testsuite/>")]
    [InlineData("<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\" [<!ENTITY x \"y\">]><coverage line-rate='1'/>")]
    public void A_DOCTYPE_that_declares_anything_is_refused(string report)
    {
        Refusal(null, report).ShouldBe(RefusalCodes.HasDtd);
        Refusal(null, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(report)]).ShouldBe(RefusalCodes.HasDtd);
    }

    [Fact]
    public void A_billion_laughs_cost_nothing()
    {
        var bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 30; i++) bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY l{i} \"&l{i - 1};&l{i - 1};&l{i - 1};&l{i - 1};&l{i - 1};\">");
        bomb.Append("]><testsuite>&l29;</testsuite>");
        var report = Encoding.UTF8.GetBytes(bomb.ToString());

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal("junit", report).ShouldBe(RefusalCodes.HasDtd);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 * 1024 * 1024);
    }

    [Fact]
    public void An_external_DTD_is_neither_fetched_nor_held_against_the_report() =>
        Read("cobertura", "<!DOCTYPE coverage SYSTEM \"http://127.0.0.1:1/never.dtd\"><coverage line-rate='1' lines-covered='1' lines-valid='1'/>").Evaluated.ShouldBeTrue();

    [Theory]
    [InlineData("a: &x [1]\nb: *x\n")]
    [InlineData("a: &x 1\n")]
    [InlineData("a: !!binary aGk=\n")]
    [InlineData("a: !custom {}\n")]
    public void YAML_that_can_expand_or_mean_something_else_is_refused(string report) => Refusal(null, report).ShouldBe(RefusalCodes.HasAliases);

    [Fact]
    public void A_report_of_16_MiB_is_read_in_seconds()
    {
        const string finding = """{"VulnerabilityID":"CVE-2026-10001","PkgName":"libfoo","InstalledVersion":"1.2.3","Severity":"HIGH","Description":"words about it by someone@example.test"},""";
        var report = new StringBuilder("""{"SchemaVersion":2,"Results":[{"Target":"x","Class":"os-pkgs","Vulnerabilities":[""", ReportLimits.MaxBytes);
        while (report.Length < ReportLimits.MaxBytes - 1000) report.Append(finding);
        report.Length--;
        report.Append("]}]}");

        var clock = System.Diagnostics.Stopwatch.StartNew();
        Read("trivy", report.ToString()).Redactions.ShouldBeGreaterThan(100_000);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Names_that_are_redacted_to_the_same_stay_two_names()
    {
        var reading = Read("bandit", """{"errors":[],"metrics":{"_totals":{"loc":1},"a@b.example/x":{"loc":1},"c@d.example/x":{"loc":1}},"results":[]}""");
        reading.Redactions.ShouldBe(2);
        reading.Evaluated.ShouldBeTrue();
    }

    [Fact]
    public void An_XML_report_is_redacted_in_text_attributes_CDATA_and_comments()
    {
        var reading = Read("junit", """
            <testsuite hostname="ci" contact="a@b.example"><!-- password=hunter2 --><testcase name="x"><system-out><![CDATA[call 555-123-4567]]></system-out><system-err>Bearer abc123def456</system-err></testcase></testsuite>
            """);
        var stored = Encoding.UTF8.GetString(reading.RedactedReport.Span);
        reading.Redactions.ShouldBe(4);
        foreach (var secret in new[] { "a@b.example", "hunter2", "555-123", "abc123" }) stored.ShouldNotContain(secret);
        stored.ShouldContain("<![CDATA[call [PHONE_REDACTED]]]>");
    }

    [Fact]
    public void Numbers_and_layout_of_JSON_stay_byte_for_byte()
    {
        var reading = Read("k6", """{ "metrics" : { "http_req_duration": {"type":"trend","contains":"time","values":{"avg": 1.50e2}} },  "note":"a@b.example" }""");
        Encoding.UTF8.GetString(reading.RedactedReport.Span)
            .ShouldBe("""{ "metrics" : { "http_req_duration": {"type":"trend","contains":"time","values":{"avg": 1.50e2}} },  "note":"[EMAIL_REDACTED]" }""");
    }
}
