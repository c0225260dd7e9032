using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Releases;

public class CommandsByStateTests
{
    private static readonly ReleaseCommand[] Commands =
    [
        Story.Opening,
        new ReleaseCommand.ReportGate(Story.Release, "load", TestReport.K6()),
        new ReleaseCommand.AttestGate(Story.Release, "backup", [], true, "seen"),
        new ReleaseCommand.WaiveGate(Story.Release, "load", "owner", "reason", "control", Story.Start.AddDays(1)),
        new ReleaseCommand.Decide(Story.Release, Go: false, "too risky"),
        new ReleaseCommand.Close(Story.Release, CloseOutcome.Succeeded, "done"),
    ];

    public static TheoryData<string, Role> Cells()
    {
        var cells = new TheoryData<string, Role>();
        foreach (var command in Commands)
        {
            foreach (var role in Roles.All.Where(role => Permissions.Check(role, command) is null)) cells.Add(command.GetType().Name, role);
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Before_the_opening_only_the_opening_is_taken(string command, Role role) =>
        Expect(Story.NotOpened(), command, role, command == "Open" ? null : "release_unknown");

    [Theory]
    [MemberData(nameof(Cells))]
    public void While_it_is_open_everything_but_another_opening_is_taken(string command, Role role) =>
        Expect(Story.Opened(), command, role, command == "Open" ? "release_exists" : null);

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_closed_release_takes_nothing(string command, Role role) =>
        Expect(Story.Closed(), command, role, command == "Open" ? "release_exists" : "release_closed");

    [Fact]
    public void Whoever_may_not_learns_nothing_of_the_state()
    {
        foreach (var story in new[] { Story.NotOpened(), Story.Opened(), Story.Closed() })
        {
            foreach (var command in Commands) story.Refusal(command, Role.Auditor).ShouldBe("role_not_allowed");
        }
    }

    [Fact]
    public void Deciding_about_an_open_release_without_the_policy_it_pinned_is_the_callers_mistake()
    {
        var state = Story.Opened().State;
        foreach (var policy in new[] { null, TestPolicy.Publish(TestPolicy.Document, version: 2) })
        {
            Should.Throw<ArgumentException>(() => ReleaseDecider.Decide(Commands[1], state, new DecisionContext(new Actor("ci", Role.Ci), Story.Start, policy)));
        }
    }

    private static void Expect(Story story, string name, Role role, string? code)
    {
        var decision = story.Try(Commands.Single(command => command.GetType().Name == name), role);
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
        (decision is Decision.Accepted).ShouldBe(code is null);
    }
}
