using System.Net;
using Ledger.Store.Append;

namespace Ledger.Server.Tests;

[Collection(ServerCollection.Name)]
public sealed class PolicyEndpointTests(RunningServer server)
{
    [Fact]
    public async Task A_policy_is_published_in_versions_and_shown_with_the_digest_of_what_is_shown()
    {
        var first = RunningServer.Policy.Replace("name: standard", "name: versioned", StringComparison.Ordinal);
        var published = await (await server.PublishAsync(first, "compliance")).JsonAsync();
        published.GetProperty("policy").GetProperty("version").GetInt64().ShouldBe(1);
        await (await server.PublishAsync(first, "compliance")).ShouldBeProblemAsync(409, "policy_unchanged");
        var second = await (await server.PublishAsync(first.Replace("Standard release", "Stricter release", StringComparison.Ordinal), "compliance")).JsonAsync();
        second.GetProperty("policy").GetProperty("version").GetInt64().ShouldBe(2);

        var shown = await (await server.Client("ci").GetAsync("v1/policies/versioned?version=1")).JsonAsync();
        shown.GetProperty("policy").Text("digest").ShouldBe(published.GetProperty("policy").Text("digest"));
        PolicyCache.DigestOf(shown.GetProperty("document")).ToString().ShouldBe(shown.GetProperty("policy").Text("digest"));
        (await (await server.Client("ci").GetAsync("v1/policies/versioned")).JsonAsync()).GetProperty("policy").GetProperty("version").GetInt64().ShouldBe(2);

        var listed = (await (await server.Client("ci").GetAsync("v1/policies")).JsonAsync()).GetProperty("policies").EnumerateArray().Single(policy => policy.Text("name") == "versioned");
        listed.GetProperty("version").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_policy_that_can_never_be_met_is_refused_with_everything_that_is_wrong_and_where()
    {
        var impossible = RunningServer.Policy.Replace("\"==\", threshold: 0 }", "\"<\", threshold: 0 }", StringComparison.Ordinal).Replace("metric: tests.failed", "metric: tests.wrong", StringComparison.Ordinal);
        var problem = await (await server.PublishAsync(impossible)).ShouldBeProblemAsync(422, "policy_unsatisfiable");
        var first = problem.GetProperty("problems")[0];
        first.Text("path").ShouldStartWith("$.gates[0].criteria[0]");
        first.Text("severity").ShouldBe("error");
        first.GetProperty("line").GetInt32().ShouldBe(8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name: [")]
    [InlineData("name: x\nname: y\n")]
    [InlineData("{\"name\":\"x\",\"colour\":\"red\"}")]
    [InlineData("a: &a [*a]")]
    public async Task A_document_that_is_no_policy_is_refused(string document) => await (await server.PublishAsync(document)).ShouldBeProblemAsync(422, "policy_malformed");

    [Fact]
    public async Task A_document_too_large_or_of_another_media_type_is_refused()
    {
        await (await server.PublishAsync(new string('#', 300_000))).ShouldBeProblemAsync(413, "body_too_large");
        await (await server.PublishAsync(RunningServer.Policy, mediaType: "text/plain")).ShouldBeProblemAsync(415, "media_type_unsupported");
    }

    [Fact]
    public async Task The_ready_policies_are_published_as_they_are_written()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "policies"), "*.yaml"))
        {
            var document = await File.ReadAllTextAsync(file);
            var answer = await server.PublishAsync(document);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            var name = (await answer.JsonAsync()).GetProperty("policy").Text("name");
            var published = await server.Client().GetStringAsync($"v1/policies/{name}");
            published.Split("_REDACTED]").Length.ShouldBe(document.Split("_REDACTED]").Length, "only what the document itself says so is redacted");
        }
    }
}
