using static Ledger.Intake.Tests.Fixtures;

namespace Ledger.Intake.Tests.Readers;

/// <summary>cosign, policy reports, conftest, opa and Argo CD.</summary>
public class DeploymentReaderTests
{
    [Theory]
    [InlineData("cosign", "[]")]
    [InlineData("cosign", "null")]
    [InlineData("conftest", "[]")]
    [InlineData("conftest", """[{"filename":"a","namespace":"main","successes":0,"skipped":[{"msg":"x"}]}]""")]
    [InlineData("opa", "{}")]
    [InlineData("opa", """{"result":[]}""")]
    [InlineData("opa", """{"result":[{"expressions":[{"value":{"deny":[]},"text":"data.main"}]}]}""")]
    [InlineData("opa", """{"errors":[{"message":"rego_type_error"}]}""")]
    [InlineData("policy-report", """{"apiVersion":"openreports.io/v1alpha1","kind":"Report","results":[]}""")]
    [InlineData("policy-report", """{"apiVersion":"openreports.io/v1alpha1","kind":"Report","summary":{"pass":0,"fail":0,"skip":4}}""")]
    [InlineData("policy-report", """{"apiVersion":"wgpolicyk8s.io/v1alpha2","kind":"PolicyReportList","items":[]}""")]
    [InlineData("policy-report", """{"apiVersion":"wgpolicyk8s.io/v1alpha2","kind":"PolicyReport","results":[{"result":"pass"},{"result":"error"}]}""")]
    [InlineData("argocd", """{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","status":{"sync":{"status":"Unknown"},"health":{"status":"Healthy"}}}""")]
    [InlineData("argocd", """{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","status":{"sync":{"status":"Synced"},"health":{"status":"Unknown"}}}""")]
    [InlineData("argocd", """{"apiVersion":"argoproj.io/v1alpha1","kind":"Application"}""")]
    public void Nothing_checked_is_nothing_proved(string tool, string report)
    {
        var reading = Read(tool, report);
        reading.Evaluated.ShouldBeFalse();
        reading.Value("results.fail").ShouldBeNull();
        reading.Value("failures").ShouldBeNull();
        reading.Value("violations").ShouldBeNull();
        reading.Value("signatures.verified").ShouldBeNull();
    }

    [Fact]
    public void A_signature_without_a_digest_is_refused() =>
        Refusal("cosign", """[{"critical":{"image":{"docker-manifest-digest":"sha256:short"}}}]""").ShouldBe(RefusalCodes.ToolMismatch);

    [Fact]
    public void Where_results_and_summary_disagree_the_worse_counts()
    {
        Read("policy-report", """{"apiVersion":"openreports.io/v1alpha1","kind":"Report","results":[{"result":"fail"}],"summary":{"fail":0,"pass":5}}""").Value("results.fail").ShouldBe(1);
        Read("policy-report", """{"apiVersion":"openreports.io/v1alpha1","kind":"Report","results":[{"result":"fail"}],"summary":{"fail":3,"pass":5}}""").Value("results.fail").ShouldBe(3);
    }

    [Fact]
    public void A_failure_of_unknown_severity_leaves_no_severity_at_zero()
    {
        var reading = Read("policy-report", """{"apiVersion":"openreports.io/v1alpha1","kind":"Report","results":[{"result":"fail"},{"result":"fail","severity":"low"}]}""");
        reading.Value("fail.critical").ShouldBeNull();
        reading.Value("fail.low").ShouldBe(1);
    }

    [Fact]
    public void A_boolean_deny_rule_that_holds_is_a_violation_and_not_a_truth()
    {
        var reading = Read("opa", """{"result":[{"expressions":[{"value":true,"text":"data.main.deny"}]}]}""");
        reading.Value("violations").ShouldBe(1);
        reading.Value("expressions.true").ShouldBeNull();
    }

    [Fact]
    public void An_allow_rule_that_does_not_hold_is_false() =>
        Read("opa", """{"result":[{"expressions":[{"value":false,"text":"data.main.allow"}]}]}""").Value("expressions.false").ShouldBe(1);

    [Theory]
    [InlineData("Progressing")]
    [InlineData("Degraded")]
    [InlineData("Suspended")]
    [InlineData("Missing")]
    public void Anything_but_healthy_is_not_healthy(string health) =>
        Read("argocd", """{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","status":{"sync":{"status":"Synced"},"health":{"status":"HEALTH"}}}""".Replace("HEALTH", health, StringComparison.Ordinal)).Value("health.healthy").ShouldBe(0);

    [Fact]
    public void A_chart_version_is_no_commit() =>
        Read("argocd", """{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","status":{"sync":{"status":"Synced","revision":"20260302"},"health":{"status":"Healthy"}}}""").Subjects.Commits.ShouldBeEmpty();

    [Fact]
    public void Several_YAML_documents_are_one_reading_only_where_reports_come_in_several()
    {
        Read("policy-report", Bytes(Path.Combine("policy-report", "two-documents.yaml"))).Value("results.total").ShouldBe(2);
        Refusal("argocd", "kind: Application\napiVersion: argoproj.io/v1alpha1\n---\nkind: Application\napiVersion: argoproj.io/v1alpha1\n").ShouldBe(RefusalCodes.ToolMismatch);
    }
}
