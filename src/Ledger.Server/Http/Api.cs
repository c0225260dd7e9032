using Ledger.Server.Deployments;
using Ledger.Server.Alerts;
using Ledger.Server.Argo;
using Ledger.Server.Events;
using Ledger.Server.Exports;
using Ledger.Server.GraphQL.Explorer;
using Ledger.Server.GraphQL.Http;
using Ledger.Server.Health;
using Ledger.Server.Log;
using Ledger.Server.Policies;
using Ledger.Server.Releases;
using Ledger.Server.Rollbacks;
using Ledger.Server.Sandboxes;
using Ledger.Server.Signers;
using Ledger.Server.SignOffs;
using Ledger.Server.Tokens;
using Ledger.Server.Watches;
using Ledger.Server.Webhooks;

namespace Ledger.Server.Http;

/// <summary>Every endpoint of the API.</summary>
internal static class Api
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var policies = routes.MapGroup(string.Empty).WithTags("Policies");
        PublishPolicy.Map(policies);
        ListPolicies.Map(policies);
        ShowPolicy.Map(policies);

        var releases = routes.MapGroup(string.Empty).WithTags("Releases");
        OpenRelease.Map(releases);
        ListReleases.Map(releases);
        ShowRelease.Map(releases);
        ReleaseHistory.Map(releases);
        ReportGate.Map(releases);
        AttestGate.Map(releases);
        WaiveGate.Map(releases);
        CloseRelease.Map(releases);
        RecordFollowUp.Map(releases);
        DownloadEvidence.Map(releases);

        var intake = routes.MapGroup(string.Empty).WithTags("Intake");
        ReceiveEvents.Map(intake);
        ListUnassigned.Map(intake);
        AssignEvent.Map(intake);
        IngestArgo.Map(intake);
        ReceiveAlerts.Map(intake);

        var signers = routes.MapGroup(string.Empty).WithTags("Signers");
        EnrolSigner.Map(signers);
        ShowSigner.Map(signers);
        ChangeSigner.Map(signers);
        AddSignerKey.Map(signers);
        RevokeSignerKey.Map(signers);

        var signOffs = routes.MapGroup(string.Empty).WithTags("Sign-offs");
        ListSignOffs.Map(signOffs);
        PrepareSignOff.Map(signOffs);
        SubmitSignOff.Map(signOffs);
        WithdrawSignOff.Map(signOffs);
        VerifySignOffs.Map(signOffs);
        DecideRelease.Map(signOffs);

        var deployments = routes.MapGroup(string.Empty).WithTags("Deployments");
        StartDeployment.Map(deployments);
        MoveDeployment.Map(deployments);
        MeasureDeployment.Map(deployments);
        SwitchTraffic.Map(deployments);
        RecordDeviation.Map(deployments);
        RollBack.Map(deployments);
        RehearseRollback.Map(deployments);
        CheckRelease.Map(deployments);

        var exports = routes.MapGroup(string.Empty).WithTags("Exports");
        ExportRelease.Map(exports);
        ExportPeriods.Map(exports);

        var log = routes.MapGroup(string.Empty).WithTags("Log");
        ShowEvent.Map(log);
        ProveInclusion.Map(log);
        ProveConsistency.Map(log);
        ShowLog.Map(log);
        AuditLog.Map(log);
        WitnessedCheckpoint.Map(log);
        LogFiles.Map(log);

        SetClock.Map(routes.MapGroup(string.Empty).WithTags("Sandbox"));

        var webhooks = routes.MapGroup(string.Empty).WithTags("Webhooks");
        ListWebhooks.Map(webhooks);
        ListDeadLetters.Map(webhooks);
        ReplayDeadLetters.Map(webhooks);
        DiscardDeadLetters.Map(webhooks);

        var tokens = routes.MapGroup(string.Empty).WithTags("Tokens");
        CreateToken.Map(tokens);
        WhoAmI.Map(tokens);

        GraphQLEndpoint.Map(routes.MapGroup(string.Empty).WithTags("GraphQL"));
        ExplorerPage.Map(routes);

        HealthEndpoints.Map(routes.MapGroup(string.Empty).WithTags("Health"));
    }
}
