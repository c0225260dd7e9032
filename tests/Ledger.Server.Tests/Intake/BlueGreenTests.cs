using System.Net;

namespace Ledger.Server.Tests.Intake;

/// <summary>A blue-green Rollout: the traffic is switched when its active service points to the new pods, and not before.</summary>
[Collection(ServerCollection.Name)]
public sealed class BlueGreenTests(RunningServer server)
{
    private const string Policy =
        """
        name: switched
        title: Switched at once
        gates:
          - name: tests
            title: Unit tests
            tool: junit
            criteria:
              - { metric: tests.failed, comparator: "==", threshold: 0 }
        deployment:
          strategy: blue-green
          steps:
            - { name: switch, title: Switch, weight: 100% }
        """;

    [Fact]
    public async Task The_traffic_is_switched_when_the_active_service_points_to_the_new_pods()
    {
        var published = await server.PublishAsync(Policy);
        published.StatusCode.ShouldBe(HttpStatusCode.Created, await published.Content.ReadAsStringAsync());
        const string release = "v1/releases/switched/v1";
        (await server.Client().PostJsonAsync("v1/releases", RunningServer.OpenBody("switched/v1", "switched"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client("ci").ReportAsync(release, RunningServer.PassingReport)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client().PostJsonAsync($"{release}/decision", """{"verdict":"GO"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client("ci").PostJsonAsync($"{release}/deployment/start", $$"""{"commit":"{{RunningServer.Commit}}"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);

        // The preview runs, and nobody has it yet; then the active service is moved, and the old pods are still the stable ones.
        await IngestAsync(release, "{phase: Paused, stableRS: old, currentPodHash: new, blueGreen: {activeSelector: old, previewSelector: new}}");
        (await RolledOut.TypesAsync(server, release)).ShouldNotContain("traffic_switched");
        const string switched = "{phase: Progressing, stableRS: old, currentPodHash: new, blueGreen: {activeSelector: new, previewSelector: new}}";
        await IngestAsync(release, switched);
        await IngestAsync(release, switched);
        await IngestAsync(release, "{phase: Healthy, stableRS: new, currentPodHash: new, blueGreen: {activeSelector: new}}");

        var events = await RolledOut.EventsAsync(server, release);
        var moved = events.Where(entry => entry.Text("type") == "traffic_switched").ShouldHaveSingleItem().GetProperty("data");
        (moved.Text("to"), moved.GetProperty("toRelease").GetBoolean(), moved.GetProperty("observed").Text("source")).ShouldBe(("new", true, "argo-rollouts/web/app"));
    }

    private async Task IngestAsync(string release, string status)
    {
        var answer = await server.Client("ci").PostAsync($"{release}/argo", new StringContent($$$"""
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: app, namespace: web, generation: 2}
            spec:
              strategy: {blueGreen: {activeService: app, previewService: app-preview}}
              template: {spec: {containers: [{image: "example.com/app@{{{RunningServer.Artifact}}}"}]}}
            status: {{{status}}}
            """));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }
}
