using Ledger.Domain.Policies;
using static Ledger.Domain.Tests.Policies.PolicyFixture;

namespace Ledger.Domain.Tests.Policies;

public sealed class PeopleRulesTests
{
    [Fact]
    public void A_role_must_be_declared() =>
        With([OpenRole("lead")], Stage("only", 1, "leed")).ShouldHaveOneProblem(PolicyProblemCodes.UnknownRole, "$.signOff[0].roles[0]").Hint.ShouldBe("did you mean 'lead'?");

    [Fact]
    public void A_role_that_nobody_may_hold_cannot_sign() =>
        With([Role("lead")], Stage("only", 1, "lead")).ShouldHaveOneProblem(PolicyProblemCodes.NobodyMayHold, "$.signOff[0].roles[0]");

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_quorum_is_between_one_and_the_number_of_roles(int quorum, bool sound)
    {
        var policy = With([OpenRole("a"), OpenRole("b")], Stage("only", quorum, "a", "b"));
        if (sound) policy.ShouldBeSound();
        else policy.ShouldHaveOneProblem(PolicyProblemCodes.Quorum, "$.signOff[0].quorum");
    }

    [Fact]
    public void A_stage_without_roles_is_refused() => With([], Stage("only", 0)).ShouldHaveOneProblem(PolicyProblemCodes.Quorum, "$.signOff[0].quorum");

    [Fact]
    public void A_role_signs_once_in_a_stage() => With([OpenRole("a")], Stage("only", 1, "a", "a")).ShouldHaveOneProblem(PolicyProblemCodes.DuplicateName, "$.signOff[0].roles[1]");

    [Fact]
    public void One_person_cannot_sign_twice() =>
        With([Role("cto", "Ann"), Role("security", "Ann")], Stage("technical", 1, "security"), Stage("final", 1, "cto"))
            .ShouldHaveOneProblem(PolicyProblemCodes.TooFewPeople, "$.signOff[1]").Message.ShouldContain("Ann");

    [Fact]
    public void Three_roles_cannot_be_filled_from_two_people_however_they_are_assigned() =>
        With([Role("a", "Ann", "Ben"), Role("b", "Ann", "Ben"), Role("c", "Ann", "Ben")], Stage("only", 3, "a", "b", "c"))
            .ShouldHaveOneProblem(PolicyProblemCodes.TooFewPeople, "$.signOff[0]");

    [Fact]
    public void A_quorum_may_be_filled_by_the_roles_that_leave_the_next_stage_its_people() =>
        With([Role("a", "Ann"), Role("b", "Ben"), Role("c", "Ann")], Stage("first", 1, "a", "b"), Stage("second", 1, "c")).ShouldBeSound();

    [Fact]
    public void Roles_without_named_holders_are_always_found() =>
        With([OpenRole("a"), OpenRole("b"), Role("c", "Ann")], Stage("only", 3, "a", "b", "c")).ShouldBeSound();

    [Fact]
    public void Whoever_opens_must_be_somebody_other_than_the_signers_where_the_opener_may_not_sign()
    {
        var policy = With([Role("ops", "Ann"), Role("lead", "Ann", "Ben")], Stage("only", 1, "lead")) with
        {
            SeparationOfDuties = new SeparationOfDuties(false, true, ["ops"], []),
        };
        policy.ShouldBeSound();
        (policy with { Roles = [Role("ops", "Ann"), Role("lead", "Ann")] }).ShouldHaveOneProblem(PolicyProblemCodes.TooFewPeople, "$.separationOfDuties");
        (policy with { Roles = [Role("ops", "Ann"), Role("lead", "Ann")], SeparationOfDuties = SeparationOfDuties.None }).ShouldBeSound();
    }

    [Fact]
    public void Opener_and_reporter_may_be_one_person_or_two()
    {
        var barred = new SeparationOfDuties(false, false, ["ops"], ["qa"]);
        var stage = Stage("only", 1, "lead");
        (With([Role("ops", "Ann"), Role("qa", "Ann"), Role("lead", "Ben")], stage) with { SeparationOfDuties = barred }).ShouldBeSound();
        (With([Role("ops", "Ann"), Role("qa", "Ben"), Role("lead", "Cid")], stage) with { SeparationOfDuties = barred }).ShouldBeSound();
        (With([Role("ops", "Ann"), Role("qa", "Ben"), Role("lead", "Ann", "Ben")], stage) with { SeparationOfDuties = barred })
            .ShouldHaveOneProblem(PolicyProblemCodes.TooFewPeople, "$.separationOfDuties");
    }

    [Fact]
    public void Somebody_must_be_able_to_open() =>
        (With([Role("ops")]) with { SeparationOfDuties = new SeparationOfDuties(true, true, ["ops"], []) })
            .ShouldHaveOneProblem(PolicyProblemCodes.NobodyMayHold, "$.separationOfDuties.openedBy");

    [Fact]
    public void An_emergency_path_has_a_deadline()
    {
        (Sound with { Emergency = new EmergencyReleases(true) }).ShouldHaveOneProblem(PolicyProblemCodes.DeadlineMissing, "$.emergency");
        (Sound with { Emergency = new EmergencyReleases(true, Quantity("0h")) }).ShouldHaveOneProblem(PolicyProblemCodes.OutOfRange, "$.emergency.approvalDeadline");
        (Sound with { Emergency = new EmergencyReleases(true, Quantity("24h")) }).ShouldBeSound();
    }

    private static Policy With(IReadOnlyList<PolicyRole> roles, params SignOffStage[] stages) => Sound with { Roles = roles, SignOff = stages };
}
