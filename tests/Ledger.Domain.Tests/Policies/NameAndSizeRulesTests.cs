using Ledger.Domain.Policies;
using static Ledger.Domain.Tests.Policies.PolicyFixture;

namespace Ledger.Domain.Tests.Policies;

public sealed class NameAndSizeRulesTests
{
    [Theory]
    [InlineData("Load Test", "e.g. load-test")]
    [InlineData("", null)]
    [InlineData("-x", "e.g. x")]
    [InlineData("tränen", "e.g. tr-nen")]
    [InlineData("line\n", "e.g. line")]
    public void A_name_outside_the_alphabet_is_refused(string name, string? hint) =>
        (Sound with { Gates = [Attested(name)] }).ShouldHaveOneProblem(PolicyProblemCodes.InvalidName, "$.gates[0].name").Hint.ShouldBe(hint);

    [Fact]
    public void A_name_has_at_most_64_letters()
    {
        (Sound with { Gates = [Attested(new string('a', 64))] }).ShouldBeSound();
        (Sound with { Gates = [Attested(new string('a', 65))] }).ShouldHaveOneProblem(PolicyProblemCodes.InvalidName, "$.gates[0].name");
    }

    [Fact]
    public void Names_are_unique()
    {
        (Sound with { Gates = [Attested("a"), Attested("a")] }).ShouldHaveOneProblem(PolicyProblemCodes.DuplicateName, "$.gates[1].name");
        (Sound with { Gates = [Attested("a") with { Checks = [new Check("c", "C"), new Check("c", "C")] }] }).ShouldHaveOneProblem(PolicyProblemCodes.DuplicateName, "$.gates[0].checks[1].name");
        (Sound with { Roles = [OpenRole("r"), OpenRole("r")] }).ShouldHaveOneProblem(PolicyProblemCodes.DuplicateName, "$.roles[1].name");
    }

    [Fact]
    public void Gates_are_limited()
    {
        (Sound with { Gates = [.. Enumerable.Range(0, 100).Select(i => Attested($"g{i}"))] }).ShouldBeSound();
        (Sound with { Gates = [.. Enumerable.Range(0, 101).Select(i => Attested($"g{i}"))] }).ShouldHaveOneProblem(PolicyProblemCodes.TooLarge, "$.gates");
    }

    [Fact]
    public void A_policy_fits_one_event()
    {
        var room = PolicyChecker.MaxBytes - PolicyJson.Write(Sound with { Description = "" }).Length;
        (Sound with { Description = new string('x', room) }).ShouldBeSound();
        (Sound with { Description = new string('x', room + 1) }).ShouldHaveOneProblem(PolicyProblemCodes.TooLarge, "$");
    }

    [Theory]
    [InlineData("ops@example.com")]
    [InlineData("+1-555-0101")]
    [InlineData("call 555 010 1234")]
    public void Numbers_and_addresses_stay_out_of_the_log(string text) =>
        (Sound with { Maintenance = new MaintenancePlan(null, [], [], [new Contact("On-call", text)], [], []) })
            .ShouldHaveOneProblem(PolicyProblemCodes.PersonalData, "$.maintenance.contacts[0].person");

    [Theory]
    [InlineData("24:00")]
    [InlineData("1:00")]
    public void A_window_opens_at_a_time_of_day(string time) =>
        (Sound with { Maintenance = new MaintenancePlan(new MaintenanceWindow(time, Quantity("2h"), null), [], [], [], [], []) })
            .ShouldHaveOneProblem(PolicyProblemCodes.InvalidValue, "$.maintenance.window.startsAt");

    [Fact]
    public void A_watch_watches_something() =>
        (Sound with { AfterDeployment = new WatchPlan(Quantity("24h"), []) }).ShouldHaveOneProblem(PolicyProblemCodes.NothingToPass, "$.afterDeployment.checks");
}
