using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Ledger.Verifier.Bundles;

namespace Ledger.Server.Tests.Exports;

[Collection(ServerCollection.Name)]
public class ExportEndpointTests(RunningServer server)
{
    private const string AllTime = "from=2020-01-01&to=2120-01-01";

    [Fact]
    public async Task A_releases_bundle_verifies_without_the_server()
    {
        var release = await server.OpenAsync();
        (await server.Client("ci").ReportAsync(release, RunningServer.PassingReport)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var answer = await server.Client("auditor").GetAsync($"v1/releases/{release}/export?evidence=true&control=CC8.1&control=AU-10");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"\"{release.Replace('/', '-')}.zip\"");

        var zip = await answer.Content.ReadAsByteArrayAsync();
        var report = BundleVerifier.Verify(new MemoryStream(zip), new BundleTrust(server.Server.Store.VerifierKey));
        report.Valid.ShouldBeTrue(report.FirstFault?.ToString());
        using var archive = new ZipArchive(new MemoryStream(zip));
        archive.Entries.Count(entry => entry.FullName.StartsWith("evidence/", StringComparison.Ordinal)).ShouldBe(1);
        using var controls = await JsonDocument.ParseAsync(await archive.GetEntry("controls.json")!.OpenAsync());
        controls.RootElement.GetProperty("controls").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_periods_bundle_verifies_without_the_server()
    {
        await server.OpenAsync();
        var zip = await (await server.Client("compliance").GetAsync($"v1/export?{AllTime}&format=zip")).Content.ReadAsByteArrayAsync();
        var report = BundleVerifier.Verify(new MemoryStream(zip), new BundleTrust(server.Server.Store.VerifierKey));
        report.Valid.ShouldBeTrue(report.FirstFault?.ToString());
    }

    [Fact]
    public async Task A_period_comes_as_a_table_or_as_events()
    {
        var release = await server.OpenAsync("table");
        var table = await server.Client("auditor").GetAsync($"v1/export?{AllTime}&service=table&control=CC8.1");
        table.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        (await table.Content.ReadAsStringAsync()).ShouldContain($"\r\n{release},table,");

        var events = await server.Client("auditor").GetAsync($"v1/export?{AllTime}&service=table&format=ndjson");
        events.Content.Headers.ContentType!.ToString().ShouldBe("application/x-ndjson");
        (await events.Content.ReadAsStringAsync()).Split('\n').ShouldContain(line => line.Contains($"\"stream\":\"release/{release}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ci", 403)]
    [InlineData("signer", 403)]
    [InlineData("release-manager", 200)]
    [InlineData("auditor", 200)]
    [InlineData("compliance", 200)]
    [InlineData("admin", 200)]
    public async Task A_release_is_exported_by_those_who_may(string role, int status) =>
        ((int)(await server.Client(role).GetAsync($"v1/releases/{await server.OpenAsync()}/export")).StatusCode).ShouldBe(status);

    [Theory]
    [InlineData("ci", 403)]
    [InlineData("signer", 403)]
    [InlineData("release-manager", 403)]
    [InlineData("auditor", 200)]
    [InlineData("compliance", 200)]
    [InlineData("admin", 200)]
    public async Task A_period_is_exported_by_those_who_may(string role, int status) =>
        ((int)(await server.Client(role).GetAsync("v1/export?from=2020-01-01&to=2020-01-02")).StatusCode).ShouldBe(status);

    [Fact]
    public async Task A_token_for_one_service_takes_out_nothing_of_another()
    {
        var mine = await server.OpenAsync("mine");
        var yours = await server.OpenAsync("yours");
        var client = server.WithToken(await server.MakeTokenAsync("auditor", ["mine"]));

        await (await client.GetAsync($"v1/releases/{yours}/export")).ShouldBeProblemAsync(404, "release_unknown");
        await (await client.GetAsync($"v1/export?{AllTime}&service=yours")).ShouldBeProblemAsync(403, "service_out_of_scope");
        foreach (var format in new[] { "csv", "ndjson" })
        {
            var text = await client.GetStringAsync(new Uri($"v1/export?{AllTime}&format={format}", UriKind.Relative));
            text.ShouldContain(mine);
            text.ShouldNotContain("yours");
        }

        var zip = await client.GetByteArrayAsync(new Uri($"v1/export?{AllTime}&format=zip", UriKind.Relative));
        System.Text.Encoding.UTF8.GetString(zip).ShouldNotContain("yours");
    }

    [Theory]
    [InlineData("", "parameter_invalid")]
    [InlineData("from=2026-01-01", "parameter_invalid")]
    [InlineData("from=yesterday&to=2026-01-01", "parameter_invalid")]
    [InlineData("from=2026-01-02&to=2026-01-01", "parameter_invalid")]
    [InlineData("from=2026-01-01&to=2026-01-01", "parameter_invalid")]
    [InlineData("from=2026-01-01&to=2026-01-02&format=pdf", "parameter_invalid")]
    [InlineData("from=2026-01-01&to=2026-01-02&service=No%20Name", "parameter_invalid")]
    [InlineData("from=2026-01-01&to=2026-01-02&control=CC9", "control_unknown")]
    [InlineData("from=2026-01-01&to=2026-01-02&format=ndjson&control=CC8.1", "control_not_mapped")]
    public async Task What_is_not_an_export_is_refused(string query, string code) =>
        await (await server.Client("auditor").GetAsync($"v1/export?{query}")).ShouldBeProblemAsync(400, code);

    [Fact]
    public async Task A_control_that_is_not_known_is_refused_with_those_that_are()
    {
        var problem = await (await server.Client("auditor").GetAsync($"v1/releases/{await server.OpenAsync()}/export?control=nothing")).ShouldBeProblemAsync(400, "control_unknown");
        problem.Text("hint").ShouldContain("CC8.1");
    }

    [Fact]
    public async Task A_bundle_is_of_one_service_or_of_all()
    {
        var client = server.WithToken(await server.MakeTokenAsync("auditor", ["mine", "yours"]));
        await (await client.GetAsync($"v1/export?{AllTime}&format=zip")).ShouldBeProblemAsync(400, "service_missing");
    }
}
