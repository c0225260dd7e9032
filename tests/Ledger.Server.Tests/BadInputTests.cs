using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Ledger.Intake;

namespace Ledger.Server.Tests;

[Collection(ServerCollection.Name)]
public sealed class BadInputTests(RunningServer server)
{
    private const string Good = """{"note":"seen"}""";

    public static TheoryData<string, string> BodiesThatCannotBeRead => new()
    {
        { "", "$" },
        { "nothing", "$" },
        { "null", "$" },
        { "[]", "$" },
        { "\"note\"", "$" },
        { """{"note":"seen" """, "$" },
        { """{"note":"seen","note":"again"}""", "$" },
        { """{"note":"seen","colour":"red"}""", "$.colour" },
        { """{"Note":"seen"}""", "$.Note" },
        { """{"note":7}""", "$.note" },
        { """{"note":null}""", "$.note" },
        { """{"note":"seen","met":"yes"}""", "$.met" },
        { """{"note":"seen","checks":"code"}""", "$.checks" },
        { """{"note":"seen","checks":[1]}""", "$.checks[0]" },
        { """{"met":true}""", "$.note" },
        { """{"note":"seen"} {"note":"seen"}""", "$" },
        { """{"note":"seen",}""", "$" },
        { """{"note":"seen"/* hidden */}""", "$" },
        { "{\"note\":" + new string('[', 100_000), "$" },
    };

    [Theory]
    [MemberData(nameof(BodiesThatCannotBeRead))]
    public async Task A_body_that_cannot_be_read_is_refused_with_the_place(string body, string path)
    {
        var release = await server.OpenAsync();
        var before = await server.CausedAsync();
        var problem = await (await server.Client().PostJsonAsync($"{release}/gates/review/attestations", body)).ShouldBeProblemAsync(400, "body_malformed");
        problem.GetProperty("problems")[0].Text("path").ShouldStartWith(path);
        problem.ToString().ShouldNotContain("System.");
        problem.ToString().ShouldNotContain("Ledger.");
        (await server.CausedAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Invalid_UTF_8_and_control_characters_are_refused()
    {
        var release = await server.OpenAsync();
        var broken = new ByteArrayContent([.. "{\"note\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        broken.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await (await server.Client().PostAsync($"{release}/gates/review/attestations", broken)).ShouldBeProblemAsync(400, "body_malformed");
        await (await server.Client().PostJsonAsync($"{release}/gates/review/attestations", """{"note":"a\u0000b"}""")).ShouldBeProblemAsync(422, "text_unreadable");
        await (await server.Client().PostJsonAsync($"{release}/gates/review/attestations", """{"note":"   "}""")).ShouldBeProblemAsync(422, "text_missing");
        await (await server.Client().PostJsonAsync($"{release}/gates/review/attestations", $$"""{"note":"{{new string('x', 4001)}}"}""")).ShouldBeProblemAsync(422, "text_too_long");
    }

    [Fact]
    public async Task A_name_that_no_database_can_hold_is_unknown_and_takes_nothing_else_down()
    {
        var open = RunningServer.OpenBody("shop/nul").Replace("standard", "stan\\u0000dard", StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => n % 2 == 0
            ? server.Client().PostJsonAsync("v1/releases", open)
            : server.Client().PostJsonAsync("v1/releases", RunningServer.OpenBody($"shop/beside-nul-{n}"))));
        for (var n = 0; n < answers.Length; n++)
        {
            if (n % 2 == 0) await answers[n].ShouldBeProblemAsync(404, "policy_unknown");
            else answers[n].StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }

    [Fact]
    public async Task A_command_of_more_than_256_KiB_is_refused_with_and_without_a_length()
    {
        var release = await server.OpenAsync();
        var huge = $$"""{"note":"{{new string('x', 300_000)}}"}""";
        await (await server.Client().PostJsonAsync($"{release}/gates/review/attestations", huge)).ShouldBeProblemAsync(413, "body_too_large");
        using var chunked = Chunked($"{release}/gates/review/attestations", huge);
        await (await server.Client().SendAsync(chunked)).ShouldBeProblemAsync(413, "body_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_command_of_another_media_type_is_refused(string mediaType)
    {
        var release = await server.OpenAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        await (await server.Client().PostAsync($"{release}/gates/review/attestations", content)).ShouldBeProblemAsync(415, "media_type_unsupported");
    }

    [Fact]
    public async Task What_does_not_exist_is_named()
    {
        var admin = server.Client();
        var release = await server.OpenAsync();
        await (await admin.GetAsync("v1/releases/shop/none")).ShouldBeProblemAsync(404, "release_unknown");
        await (await admin.GetAsync("v1/releases/SHOP/none")).ShouldBeProblemAsync(404, "release_unknown");
        await (await admin.PostJsonAsync("v1/releases/shop/none/gates/review/attestations", Good)).ShouldBeProblemAsync(404, "release_unknown");
        await (await admin.PostJsonAsync($"{release}/gates/none/attestations", Good)).ShouldBeProblemAsync(404, "gate_unknown");
        await (await admin.ReportAsync(release, RunningServer.PassingReport, gate: "none")).ShouldBeProblemAsync(404, "gate_unknown");
        await (await admin.GetAsync("v1/policies/none")).ShouldBeProblemAsync(404, "policy_unknown");
        await (await admin.GetAsync("v1/policies/standard?version=99")).ShouldBeProblemAsync(404, "policy_unknown");
        await (await admin.PostJsonAsync("v1/releases", RunningServer.OpenBody("shop/no-policy", "none"))).ShouldBeProblemAsync(404, "policy_unknown");
        await (await admin.GetAsync("v1/nothing")).ShouldBeProblemAsync(404, "route_unknown");
        await (await admin.GetAsync("")).ShouldBeProblemAsync(404, "route_unknown");
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_know_is_refused_with_those_it_does()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "v1/log");
        var answer = await server.Client().SendAsync(request);
        await answer.ShouldBeProblemAsync(405, "method_not_allowed");
        answer.Content.Headers.Allow.ShouldBe(["GET"]);
    }

    [Fact]
    public async Task An_opening_is_refused_for_what_is_wrong_with_it()
    {
        var admin = server.Client();
        await (await admin.PostJsonAsync("v1/releases", RunningServer.OpenBody("no slash"))).ShouldBeProblemAsync(422, "release_invalid");
        await (await admin.PostJsonAsync("v1/releases", RunningServer.OpenBody("shop/bad-commit").Replace(RunningServer.Commit, "main", StringComparison.Ordinal))).ShouldBeProblemAsync(422, "commit_invalid");
        await (await admin.PostJsonAsync("v1/releases", RunningServer.OpenBody("shop/bad-digest").Replace("sha256:", "md5:", StringComparison.Ordinal))).ShouldBeProblemAsync(400, "body_malformed");
        var release = (await server.OpenAsync())["v1/releases/".Length..];
        await (await admin.PostJsonAsync("v1/releases", RunningServer.OpenBody(release))).ShouldBeProblemAsync(409, "release_exists");
        await (await admin.PostJsonAsync($"v1/releases/{release}/gates/review/waivers", """{"owner":"o","reason":"r","control":"c","until":"2001-01-01T00:00:00Z"}""")).ShouldBeProblemAsync(422, "time_in_past");
        await (await admin.PostJsonAsync($"v1/releases/{release}/gates/tests/waivers", """{"owner":"o","reason":"r","control":"c","until":"tomorrow"}""")).ShouldBeProblemAsync(400, "body_malformed");
        await (await admin.PostJsonAsync($"v1/releases/{release}/close", """{"outcome":"done","reason":"r"}""")).ShouldBeProblemAsync(400, "body_malformed");
    }

    [Theory]
    [InlineData("", 400, "report_empty")]
    [InlineData("<testsuite><testcase", 400, "report_malformed")]
    [InlineData("{\"a\":1,\"a\":2}", 400, "report_duplicate_key")]
    [InlineData("{\"a\":1}", 422, "report_tool_unrecognised")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><testsuite name=\"&e;\"/>", 422, "report_has_dtd")]
    public async Task A_report_that_cannot_be_read_is_refused(string report, int status, string code) =>
        await (await server.Client().ReportAsync(await server.OpenAsync(), report)).ShouldBeProblemAsync(status, code);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/xml; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_report_is_read_by_its_bytes_whatever_media_type_it_is_sent_as(string mediaType)
    {
        var report = new ByteArrayContent(Encoding.UTF8.GetBytes(RunningServer.PassingReport));
        report.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        (await server.Client().PostAsync($"{await server.OpenAsync()}/gates/tests/reports", report)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_report_nested_a_million_deep_is_refused() =>
        await (await server.Client().ReportAsync(await server.OpenAsync(), new string('[', 1_000_000))).ShouldBeProblemAsync(400, "report_too_deep");

    [Fact]
    public async Task A_report_of_another_commit_or_tool_is_refused()
    {
        var release = await server.OpenAsync();
        var other = """{"measurements":[{"name":"tests.failed","value":0,"unit":"count"}],"commit":"0000000000000000000000000000000000000000"}""";
        (await server.Client().ReportAsync(release, other, "?tool=measurements")).IsSuccessStatusCode.ShouldBeFalse();
        await (await server.Client().ReportAsync(release, RunningServer.PassingReport, "?tool=trivy")).ShouldBeProblemAsync(422, "report_tool_mismatch");
        await (await server.Client().ReportAsync(release, RunningServer.PassingReport, "?tool=none")).ShouldBeProblemAsync(422, "report_tool_unknown");
    }

    [Fact]
    public async Task A_report_of_more_than_16_MiB_is_refused_with_and_without_a_length()
    {
        var release = await server.OpenAsync();
        var huge = new string('x', ReportLimits.MaxBytes + 1);
        using var declared = new HttpRequestMessage(HttpMethod.Post, $"{release}/gates/tests/reports") { Content = new StringContent(huge) };
        declared.Headers.ExpectContinue = true;
        await (await server.Client().SendAsync(declared)).ShouldBeProblemAsync(413, "report_too_large");
        using var chunked = Chunked($"{release}/gates/tests/reports", huge);
        ((int)(await server.Client().SendAsync(chunked)).StatusCode).ShouldBe(413);
    }

    [Fact]
    public async Task A_gzip_bomb_is_refused_once_it_has_grown_to_the_limit_and_a_small_gzip_is_read()
    {
        var release = await server.OpenAsync();
        await (await PostGzipAsync(release, new byte[256 * 1024 * 1024])).ShouldBeProblemAsync(413, "report_too_large");
        (await PostGzipAsync(release, Encoding.UTF8.GetBytes(RunningServer.PassingReport))).StatusCode.ShouldBe(HttpStatusCode.Created);

        var notGzip = new ByteArrayContent([1, 2, 3]);
        notGzip.Headers.ContentEncoding.Add("gzip");
        await (await server.Client().PostAsync($"{release}/gates/tests/reports", notGzip)).ShouldBeProblemAsync(400, "body_malformed");
        var brotli = new ByteArrayContent([1, 2, 3]);
        brotli.Headers.ContentEncoding.Add("br");
        await (await server.Client().PostAsync($"{release}/gates/tests/reports", brotli)).ShouldBeProblemAsync(415, "encoding_unsupported");
    }

    [Theory]
    [InlineData("v1/releases?limit=0")]
    [InlineData("v1/releases?limit=201")]
    [InlineData("v1/releases?limit=many")]
    [InlineData("v1/releases?after=x")]
    [InlineData("v1/policies/standard?version=0")]
    public async Task A_parameter_out_of_range_is_refused(string path) => await (await server.Client().GetAsync(path)).ShouldBeProblemAsync(400, "parameter_invalid");

    [Fact]
    public async Task A_broken_HTTP_request_ends_its_own_connection_and_no_other()
    {
        foreach (var junk in (string[])["GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n", "POST /v1/releases HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"])
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(server.Address.Host, server.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(junk));
            using var reader = new StreamReader(socket.GetStream());
            (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldMatch("^HTTP/1.1 (4..|505) ");
        }

        (await server.Client(null).GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static HttpRequestMessage Chunked(string path, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        return request;
    }

    private async Task<HttpResponseMessage> PostGzipAsync(string release, byte[] plain)
    {
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(plain);
        var content = new ByteArrayContent(zipped.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        return await server.Client().PostAsync($"{release}/gates/tests/reports", content);
    }
}
