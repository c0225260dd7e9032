using System.Diagnostics;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.FollowUps;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Signers;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Actors;

/// <summary>Which role may give which command. What is not listed is forbidden.</summary>
public static class Permissions
{
    /// <summary>A refusal when <paramref name="role"/> may not give <paramref name="command"/>; null when it may.</summary>
    public static Refusal? Check(Role role, LedgerCommand command)
    {
        var allowed = Allowed(command);
        return allowed.Contains(role)
            ? null
            : new Refusal(
                "role_not_allowed",
                $"the role '{role.Name()}' may not {command.Act}",
                allowed.Count == 0 ? "only the server itself does this" : $"use a token with one of the roles: {string.Join(", ", allowed.Select(Roles.Name))}");
    }

    private static IReadOnlyList<Role> Allowed(LedgerCommand command) => command switch
    {
        ReleaseCommand.Open => [Role.ReleaseManager, Role.Admin],
        ReleaseCommand.ReportGate => [Role.Ci, Role.ReleaseManager, Role.Admin],
        ReleaseCommand.AttestGate => [Role.ReleaseManager, Role.Signer, Role.Admin],
        ReleaseCommand.WaiveGate => [Role.ReleaseManager, Role.Admin],
        ReleaseCommand.SignOff => [Role.Signer],
        ReleaseCommand.WithdrawSignOff => [Role.Signer, Role.Compliance, Role.Admin],
        ReleaseCommand.Decide => [Role.ReleaseManager, Role.Admin],
        ReleaseCommand.Close => [Role.ReleaseManager, Role.Admin],
        DeploymentCommand.RecordDeviation => [Role.Ci, Role.ReleaseManager, Role.Compliance, Role.Admin],
        DeploymentCommand => [Role.Ci, Role.ReleaseManager, Role.Admin],
        RollbackCommand.Verify => [Role.ReleaseManager, Role.Signer, Role.Admin],
        RollbackCommand => [Role.Ci, Role.ReleaseManager, Role.Admin],
        WatchCommand => [Role.Ci, Role.ReleaseManager, Role.Signer, Role.Admin],
        FollowUpCommand => [Role.Ci, Role.ReleaseManager, Role.Signer, Role.Admin],
        DeadlineCommand => [Role.Admin],
        ExternalEventCommand or InboxCommand => [Role.Ci, Role.ReleaseManager, Role.Admin],
        SignerCommand => [Role.Compliance, Role.Admin],
        PolicyCommand.Publish => [Role.Compliance, Role.Admin],
        LogCommand => [Role.Admin],
        _ => throw new UnreachableException(),
    };
}
