using System.Net;
using Ledger.Server.Tests.SignOffs;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>A release to which everything happened that can: red and green reports, words of people, a waiver, sign-offs, a decision, an end.</summary>
internal static class FullRelease
{
    private const string Policy =
        """
        name: whole
        title: Whole release
        description: Everything that a policy can ask for.
        roles:
          - { name: lead, title: Lead }
          - { name: cto, title: CTO }
        signOff:
          - { name: technical, title: Technical, roles: [lead], quorum: 1 }
          - { name: final, title: Final, roles: [cto], quorum: 1 }
        gates:
          - name: tests
            title: Unit tests
            tool: junit
            criteria:
              - { metric: tests.failed, comparator: "==", threshold: 0 }
          - name: review
            title: Review
            waivable: true
            checks:
              - { name: code, title: Code reviewed }
              - { name: docs, title: Documents reviewed }
        noGo:
          - name: incident
            title: An incident is open
        """;

    /// <summary>Makes one; its name, <c>service/version</c>.</summary>
    public static async Task<string> MakeAsync(RunningServer server, string service)
    {
        var published = await server.PublishAsync(Policy);
        if (published.StatusCode != HttpStatusCode.Created) await published.ShouldBeProblemAsync(409, "policy_unchanged");
        var path = await server.OpenAsync(service, "whole");
        var (admin, ci) = (server.Client(), server.Client("ci"));
        await ci.ReportAsync(path, RunningServer.FailingReport).ShouldBeCreatedAsync();
        await ci.ReportAsync(path, RunningServer.PassingReport, "?supersede=the%20test%20was%20wrong").ShouldBeCreatedAsync();
        await admin.PostJsonAsync($"{path}/gates/review/attestations", """{"checks":["code"],"met":true,"note":"read every line"}""").ShouldBeCreatedAsync();
        await admin.PostJsonAsync($"{path}/gates/incident/attestations", """{"met":true,"note":"nothing is open"}""").ShouldBeCreatedAsync();
        await admin.PostJsonAsync($"{path}/gates/review/waivers", """{"owner":"Ann","reason":"the writer is away","control":"a note on the first page","until":"2999-01-01T00:00:00Z"}""").ShouldBeCreatedAsync();
        using var lead = await Person.EnrolAsync(server, "lead", "Lena Lead");
        using var cto = await Person.EnrolAsync(server, "cto", "Otto Officer");
        await lead.SignAsync(server, path, "technical").ShouldBeCreatedAsync();
        await cto.SignAsync(server, path, "final").ShouldBeCreatedAsync();
        await SignedRelease.DecideAsync(server, path).ShouldBeCreatedAsync();
        await admin.PostJsonAsync($"{path}/close", """{"outcome":"succeeded","reason":"kept for a day"}""").ShouldBeCreatedAsync();
        return path["v1/releases/".Length..];
    }
}
