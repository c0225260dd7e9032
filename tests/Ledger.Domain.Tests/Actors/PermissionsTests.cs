using System.Text.Json;
using Ledger.Domain.Actors;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.FollowUps;
using Ledger.Domain.Log;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Signers;
using Ledger.Domain.Tests.Releases;
using Ledger.Domain.Tests.Signers;
using Ledger.Domain.Tests.SignOffs;
using Ledger.Domain.Watches;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Actors;

public class PermissionsTests
{
    private static readonly Story Unsigned = Chain.Ready();

    // One line a command, in the order of Roles.All: ci, release-manager, signer, auditor, compliance, admin.
    private static readonly (LedgerCommand Command, string Allowed)[] Matrix =
    [
        (Story.Opening, ".R...A"),
        (new ReleaseCommand.ReportGate(Story.Release, "load", TestReport.K6()), "CR...A"),
        (new ReleaseCommand.AttestGate(Story.Release, "backup", [], true, "seen"), ".RS..A"),
        (new ReleaseCommand.WaiveGate(Story.Release, "load", "owner", "reason", "control", Story.Start.AddDays(1)), ".R...A"),
        (Chain.Submit(Unsigned.Statement("ada")), "..S..."),
        (new ReleaseCommand.WithdrawSignOff(Story.Release, "ada", "changed my mind"), "..S.CA"),
        (new ReleaseCommand.Decide(Story.Release, Go: false, "too risky"), ".R...A"),
        (new ReleaseCommand.Close(Story.Release, CloseOutcome.Succeeded, "done"), ".R...A"),
        (new DeploymentCommand.Start(Story.Release, Story.Commit, []), "CR...A"),
        (new DeploymentCommand.StartStep(Story.Release, "canary"), "CR...A"),
        (new DeploymentCommand.Measure(Story.Release, []), "CR...A"),
        (new DeploymentCommand.CompleteStep(Story.Release, "canary"), "CR...A"),
        (new DeploymentCommand.Pause(Story.Release, "lunch"), "CR...A"),
        (new DeploymentCommand.Resume(Story.Release, "back"), "CR...A"),
        (new DeploymentCommand.Promote(Story.Release), "CR...A"),
        (new DeploymentCommand.Abort(Story.Release, "no good"), "CR...A"),
        (new DeploymentCommand.SwitchTraffic(Story.Release, "green"), "CR...A"),
        (new DeploymentCommand.RecordDeviation(Story.Release, "drifted", "another commit", new Observation(Story.Start, "argocd")), "CR..CA"),
        (new RollbackCommand.Start(Story.Release, RollbackCause.Rule, "it fired"), "CR...A"),
        (new RollbackCommand.Complete(Story.Release), "CR...A"),
        (new RollbackCommand.Verify(Story.Release, true, "it works"), ".RS..A"),
        (new RollbackCommand.Rehearse(Story.Release, TimeSpan.FromMinutes(4), "done", []), "CR...A"),
        (new WatchCommand.RecordCheck(Story.Release, CheckList.Watch, "burn", "prometheus"), "CRS..A"),
        (new FollowUpCommand.Record(Story.Release, "tell", FollowUpOutcome.Done, "mail was sent"), "CRS..A"),
        (new DeadlineCommand.Pass(Story.Release), ".....A"),
        (new ExternalEventCommand.Keep(Story.Release, new ExternalEvent.Kept("/ci", "1", "t", TestReport.K6().Evidence, 0)), "CR...A"),
        (new InboxCommand.Receive(new InboxEvent.Received("/ci", "1", "t", TestReport.K6().Evidence, 0, "no release")), "CR...A"),
        (new InboxCommand.Assign("/ci", new EventReference(1, 1), Story.Release, new EventReference(2, 1)), "CR...A"),
        (new SignerCommand.Enrol("gus", "Gus Tully", ["tech-lead"], []), "....CA"),
        (new SignerCommand.Change("ada", ["qa-lead"], [], "moved"), "....CA"),
        (new SignerCommand.AddKey("ada", People.KeyOf("ada", 2)), "....CA"),
        (new SignerCommand.RevokeKey("ada", People.KeyOf("ada").Id, "lost"), "....CA"),
        (new PolicyCommand.Publish(TestPolicy.Document, default, TestDigest.Of(1)), "....CA"),
        (new LogCommand.Create("ledger.example/log", "key"), ".....A"),
        (new LogCommand.SetClock(null), ".....A"),
    ];

    public static TheoryData<string, Role, bool> Cells()
    {
        var cells = new TheoryData<string, Role, bool>();
        foreach (var (command, allowed) in Matrix)
        {
            foreach (var (role, cell) in Roles.All.Zip(allowed)) cells.Add(NameOf(command), role, cell != '.');
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_role_may_give_the_commands_that_are_listed_for_it_and_no_other(string command, Role role, bool allowed)
    {
        var refusal = Permissions.Check(role, Named(command));

        refusal?.Code.ShouldBe("role_not_allowed");
        (refusal is null).ShouldBe(allowed);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_decider_of_every_aggregate_asks_first(string command, Role role, bool allowed)
    {
        var decision = Decide(Named(command), role);

        // What comes after a decision is refused here for another reason: nothing was decided.
        if (allowed && Named(command) is DeploymentCommand or RollbackCommand or WatchCommand or FollowUpCommand or DeadlineCommand)
            (decision as Decision.Refused)?.Refusal.Code.ShouldNotBe("role_not_allowed");
        else if (allowed) decision.ShouldBeOfType<Decision.Accepted>();
        else decision.ShouldBeOfType<Decision.Refused>().Refusal.Code.ShouldBe("role_not_allowed");
    }

    [Fact]
    public void The_matrix_names_every_command_there_is() =>
        typeof(LedgerCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LedgerCommand)) && !type.IsAbstract)
            .ShouldBe(Matrix.Select(entry => entry.Command.GetType()), ignoreOrder: true);

    [Fact]
    public void A_role_that_there_is_not_may_do_nothing()
    {
        foreach (var (command, _) in Matrix) Permissions.Check((Role)99, command).ShouldNotBeNull();
    }

    [Fact]
    public void A_refusal_says_what_was_asked_and_which_roles_would_do()
    {
        var refusal = Permissions.Check(Role.Auditor, Story.Opening)!;
        refusal.Message.ShouldBe("the role 'auditor' may not open a release");
        refusal.Hint.ShouldBe("use a token with one of the roles: release-manager, admin");
    }

    private static LedgerCommand Named(string name) => Matrix.Single(entry => NameOf(entry.Command) == name).Command;

    private static string NameOf(LedgerCommand command) => $"{command.GetType().DeclaringType!.Name}.{command.GetType().Name}";

    private static Decision Decide(LedgerCommand command, Role role)
    {
        var context = new DecisionContext(new Actor("ada", role), Story.Start, TestPolicy.Published);
        return command switch
        {
            ReleaseCommand.Open open => ReleaseDecider.Decide(open, null, context),
            ReleaseCommand.SignOff or ReleaseCommand.Decide => Unsigned.Try((ReleaseCommand)command, role, "ada"),
            ReleaseCommand.WithdrawSignOff withdraw => Chain.Ready().Sign("ada").Try(withdraw, role, "ada"),
            ReleaseCommand release => ReleaseDecider.Decide(release, Story.Opened().State, context),
            InboxCommand inbox => InboxState.Decide(inbox, new InboxState("/ci", new EventReference(1, 1)), context),
            SignerCommand signer => Unsigned.People.Try(signer, role: role),
            // A policy's decider is asked after the role; what it finds in the policy is not looked at here.
            PolicyCommand.Publish publish => PolicyState.Decide(publish with { Document = JsonSerializer.SerializeToElement(new object()) }, null, context),
            LogCommand.SetClock set => LogState.Decide(set, new LogState("sandbox.example/log", "key"), context),
            LogCommand log => LogState.Decide(log, null, context),
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };
    }
}
