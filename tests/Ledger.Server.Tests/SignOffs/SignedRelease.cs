using System.Net;
using System.Text;

namespace Ledger.Server.Tests.SignOffs;

/// <summary>Releases under a policy with two stages of sign-offs.</summary>
internal static class SignedRelease
{
    private const string Policy =
        """
        name: signed
        title: Signed release
        roles:
          - { name: lead, title: Lead }
          - { name: security, title: Security }
          - { name: cto, title: CTO }
        signOff:
          - { name: technical, title: Technical, roles: [lead, security], quorum: 2 }
          - { name: final, title: Final, roles: [cto], quorum: 1 }
        separationOfDuties: { openerMaySign: false, reporterMaySign: false }
        emergency: { allowed: true, approvalDeadline: 24h }
        gates:
          - name: tests
            title: Unit tests
            tool: junit
            criteria:
              - { metric: tests.failed, comparator: "==", threshold: 0 }
        """;

    /// <summary>Opens a release and passes its gate; its address.</summary>
    public static async Task<string> OpenAsync(RunningServer server, bool passed = true)
    {
        var published = await server.PublishAsync(Policy);
        if (published.StatusCode != HttpStatusCode.Created) await published.ShouldBeProblemAsync(409, "policy_unchanged");
        var release = await server.OpenAsync(policy: "signed");
        if (passed) (await server.Client("ci").ReportAsync(release, RunningServer.PassingReport)).StatusCode.ShouldBe(HttpStatusCode.Created);
        return release;
    }

    public static Task<HttpResponseMessage> DecideAsync(RunningServer server, string release, string body = """{"verdict":"GO"}""", string? key = null) =>
        server.Client("release-manager").PostJsonAsync($"{release}/decision", body, key);

    public static async Task ShouldBeCreatedAsync(this Task<HttpResponseMessage> sending)
    {
        var answer = await sending;
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()));
    }
}
