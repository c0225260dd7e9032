using System.Text;
using Ledger.Domain.Measurements;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;

namespace Ledger.Intake.Tests.CdEvents;

public class CdEventReaderTests
{
    private const string Image = "pkg:oci/shop@sha256%3A00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff?tag=2.4.0";

    [Fact]
    public void A_deployed_service_names_its_environment_and_its_artifact_by_digest()
    {
        var read = Read("dev.cdevents.service.deployed.0.3.0", $$"""{"environment":{"id":"production"},"artifactId":"{{Image}}"}""");
        var content = read.Content.ShouldBeOfType<CdContent.ServiceChanged>();
        (content.What, content.Environment).ShouldBe(("deployed", "production"));
        content.Artifact.Digest!.Value.Hex.ShouldStartWith("00112233");
        read.Time.ShouldBe(new DateTimeOffset(2026, 3, 2, 8, 15, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("testsuiterun.finished.0.3.0", """{"outcome":"failure","severity":"critical","reason":"no host","environment":{"id":"dev"},"testSuite":{"id":"9","name":"Auth"}}""")]
    [InlineData("testcaserun.finished.0.3.0", """{"outcome":"success","environment":{"id":"dev"},"testCase":{"id":"9"}}""")]
    [InlineData("testoutput.published.0.3.0", """{"outputType":"report","format":"text/html","uri":"https://ci.example.com/1"}""")]
    [InlineData("taskrun.finished.0.3.0", """{"taskName":"build","uri":"https://ci.example.com/1","outcome":"error","errors":"went wrong"}""")]
    [InlineData("pipelinerun.finished.0.3.0", """{"pipelineName":"main","outcome":"cancel"}""")]
    [InlineData("service.upgraded.0.3.0", """{"environment":{"id":"p"},"artifactId":"pkg:oci/a@1"}""")]
    [InlineData("service.rolledback.0.3.0", """{"environment":{"id":"p"},"artifactId":"pkg:oci/a@1"}""")]
    [InlineData("incident.detected.0.3.0", """{"environment":{"id":"p"},"description":"slow","service":{"id":"shop"},"artifactId":"pkg:oci/a@1"}""")]
    public void Every_mapped_type_is_read(string type, string content)
    {
        var read = Read($"dev.cdevents.{type}", content).Content;
        read.ShouldNotBeOfType<CdContent.Unmapped>();
        type.ShouldStartWith(read.Name);
    }

    [Theory]
    [InlineData("artifact.packaged", "{}")]
    [InlineData("artifact.published", "{}")]
    [InlineData("artifact.signed", """{"signature":"c2ln"}""")]
    public void An_artifact_is_named_by_the_subject(string name, string content) =>
        Read($"dev.cdevents.{name}.0.3.0", content, Image).Content.ShouldBeOfType<CdContent.ArtifactChanged>().Artifact.Name.ShouldBe("shop");

    [Fact]
    public void A_run_that_does_not_say_how_it_ended_proves_nothing() =>
        Read("dev.cdevents.taskrun.finished.0.3.0", """{"taskName":"build"}""").Content.ShouldBeOfType<CdContent.RunFinished>().Outcome.ShouldBeNull();

    [Fact]
    public void Our_own_types_carry_reports_steps_measurements_and_rollbacks()
    {
        var gate = Read("dev.cdeventsx.ledger-gate.reported.0.1.0", """{"release":"shop/2.4.0","gate":"unit-tests","tool":"measurements","report":{"measurements":[]}}""").Content.ShouldBeOfType<CdContent.GateReported>();
        (gate.Release, gate.Gate, gate.Tool, Encoding.UTF8.GetString(gate.Report.Span)).ShouldBe(("shop/2.4.0", "unit-tests", "measurements", """{"measurements":[]}"""));
        Read("dev.cdeventsx.ledger-canarystep.completed.0.1.0", """{"release":"shop/2.4.0","step":"ten"}""").Content.ShouldBe(new CdContent.CanaryStepChanged(true, "shop/2.4.0", "ten"));
        Read("dev.cdeventsx.ledger-measurement.taken.0.1.0", """{"release":"shop/2.4.0","measurement":{"name":"p95","value":"120ms"}}""").Content
            .ShouldBe(new CdContent.MeasurementTaken("shop/2.4.0", new Measurement("p95", 120, Unit.Milliseconds)));
        Read("dev.cdeventsx.ledger-rollback.started.0.1.0", """{"release":"shop/2.4.0","reason":"errors"}""").Content.ShouldBe(new CdContent.RollbackChanged(false, "shop/2.4.0", "errors"));
    }

    [Theory]
    [InlineData("dev.cdevents.service.deployed.0.2.0", "'service.deployed' is read at version 0.3.0 only")]
    [InlineData("dev.cdevents.service.deployed.0.3.0-draft", "'service.deployed' is read at version 0.3.0 only")]
    [InlineData("dev.cdevents.approval.closed.0.1.0", "no such type of CDEvents is read here")]
    [InlineData("dev.cdevents.ledger-gate.reported.0.1.0", "no such type of CDEvents is read here")]
    public void Another_version_or_type_means_nothing_and_says_so(string type, string because) =>
        Read(type, "{}").Content.ShouldBe(new CdContent.Unmapped(because));

    [Theory]
    [InlineData("dev.cdevents.testsuiterun.finished.0.3.0", """{"outcome":"splendid"}""")]
    [InlineData("dev.cdevents.service.deployed.0.3.0", """{"artifactId":"pkg:oci/a@1"}""")]
    [InlineData("dev.cdevents.service.deployed.0.3.0", """{"environment":{"id":"p"},"artifactId":"shop:2.4.0"}""")]
    [InlineData("dev.cdevents.service.deployed.0.3.0", """{"environment":"p","artifactId":"pkg:oci/a@1"}""")]
    [InlineData("dev.cdevents.artifact.signed.0.3.0", """{}""")]
    [InlineData("dev.cdeventsx.ledger-measurement.taken.0.1.0", """{"release":"s/1","measurement":{"name":"p95","value":"fast"}}""")]
    [InlineData("dev.cdeventsx.ledger-gate.reported.0.1.0", """{"release":"s/1","gate":"g","report":"text"}""")]
    public void Content_that_is_not_as_the_type_says_is_refused(string type, string content) => Refusal(Event(type, content, Image)).ShouldBe(RefusalCodes.CdEventInvalid);

    [Theory]
    [InlineData("\"id\":\"e-1\"", "\"id\":\"e-2\"")]
    [InlineData("\"source\":\"/ci\"", "\"source\":\"/other\"")]
    [InlineData("2026-03-02T08:15:00Z", "yesterday")]
    [InlineData("\"specversion\":\"0.5.0\",", "")]
    [InlineData("\"subject\"", "\"object\"")]
    public void The_context_must_be_there_and_say_what_the_CloudEvent_says(string old, string replacement)
    {
        var carrier = Event("dev.cdevents.service.deployed.0.3.0", $$"""{"environment":{"id":"p"},"artifactId":"{{Image}}"}""");
        var data = Encoding.UTF8.GetString(carrier.Data!.Value.Span).Replace(old, replacement, StringComparison.Ordinal);
        Refusal(carrier with { Data = Encoding.UTF8.GetBytes(data) }).ShouldBe(RefusalCodes.CdEventInvalid);
    }

    [Fact]
    public void A_bare_CDEvent_is_wrapped_into_the_CloudEvent_that_carries_it()
    {
        var carrier = Event("dev.cdevents.incident.detected.0.3.0", """{"environment":{"id":"p"},"description":"mail jane.roe@example.com"}""");
        var wrapped = CdEventReader.Wrap(carrier.Data!.Value).ShouldBeOfType<IntakeResult<CloudEvent>.Read>().Value;
        (wrapped.Id, wrapped.Source, wrapped.Type, wrapped.Subject).ShouldBe(("e-1", "/ci", "dev.cdevents.incident.detected.0.3.0", "thing"));
        var read = CdEventReader.Read(wrapped).ShouldBeOfType<IntakeResult<CdEvent>.Read>().Value;
        read.Content.ShouldBeOfType<CdContent.IncidentDetected>().Description.ShouldBe("mail [EMAIL_REDACTED]");
        read.Redactions.ShouldBe(1);
        CdEventReader.Wrap("{}"u8.ToArray()).ShouldBeOfType<IntakeResult<CloudEvent>.Refused>();
        CdEventReader.Wrap("[]"u8.ToArray()).ShouldBeOfType<IntakeResult<CloudEvent>.Refused>();
        CdEventReader.Wrap("""{"context":7}"""u8.ToArray()).ShouldBeOfType<IntakeResult<CloudEvent>.Refused>();
    }

    [Theory]
    [InlineData("pkg:oci/app@sha256%3Aab", "oci", null, "app", "sha256:ab")]
    [InlineData("pkg:npm/%40scope/name@1.2.3?x=y#sub", "npm", "@scope", "name", "1.2.3")]
    [InlineData("pkg:golang/example.com/org/app@v1", "golang", "example.com/org", "app", "v1")]
    [InlineData("PKG:OCI/app", "oci", null, "app", null)]
    public void A_package_URL_is_taken_apart(string text, string type, string? space, string name, string? version)
    {
        PackageUrl.TryParse(text, out var purl).ShouldBeTrue();
        purl.ShouldBe(new PackageUrl(type, space, name, version));
    }

    [Theory]
    [InlineData("")]
    [InlineData("oci/app@1")]
    [InlineData("pkg:app")]
    [InlineData("pkg:oci/app@")]
    [InlineData("pkg:o ci/app@1")]
    public void What_is_no_package_URL_is_none(string text) => PackageUrl.TryParse(text, out _).ShouldBeFalse();

    private static CdEvent Read(string type, string content, string subject = "thing") => CdEventReader.Read(Event(type, content, subject)).ShouldBeOfType<IntakeResult<CdEvent>.Read>().Value;

    private static string Refusal(CloudEvent carrier) => CdEventReader.Read(carrier).ShouldBeOfType<IntakeResult<CdEvent>.Refused>().Code;

    private static CloudEvent Event(string type, string content, string subject = "thing") => new(
        "e-1", "/ci", type, subject, null, "application/json", null, new Dictionary<string, string>(),
        Encoding.UTF8.GetBytes($$$"""
            {"context":{"specversion":"0.5.0","id":"e-1","source":"/ci","type":"{{{type}}}","timestamp":"2026-03-02T08:15:00Z","chainId":"c"},
             "subject":{"id":"{{{subject}}}","content":{{{content}}}},"customData":{"x":1}}
            """));
}
