using Ledger.Server.Health;
using Ledger.Server.Log;
using Ledger.Server.Policies;
using Ledger.Server.Releases;
using Ledger.Server.Tokens;

namespace Ledger.Server.Http;

/// <summary>Every endpoint of the API.</summary>
internal static class Api
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        PublishPolicy.Map(routes);
        ListPolicies.Map(routes);
        ShowPolicy.Map(routes);

        OpenRelease.Map(routes);
        ListReleases.Map(routes);
        ShowRelease.Map(routes);
        ReleaseHistory.Map(routes);
        ReportGate.Map(routes);
        AttestGate.Map(routes);
        WaiveGate.Map(routes);
        CloseRelease.Map(routes);
        DownloadEvidence.Map(routes);

        ShowEvent.Map(routes);
        ProveInclusion.Map(routes);
        ProveConsistency.Map(routes);
        ShowLog.Map(routes);
        AuditLog.Map(routes);
        LogFiles.Map(routes);

        CreateToken.Map(routes);
        WhoAmI.Map(routes);
        HealthEndpoints.Map(routes);
    }
}
