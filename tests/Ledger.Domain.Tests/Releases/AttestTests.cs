using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Releases;

public class AttestTests
{
    [Fact]
    public void Attesting_a_gate_as_a_whole_attests_each_of_its_checks()
    {
        var story = Story.Opened().Attest("redis");
        story.Last<ReleaseEvent.GateAttested>().Checks.ShouldBe(["aof", "replica"]);
        story.State!.Gate("redis").Attestations.Keys.ShouldBe(["aof", "replica"]);
    }

    [Fact]
    public void A_gate_without_checks_is_attested_as_itself()
    {
        var story = Story.Opened().Attest("backup");
        story.Last<ReleaseEvent.GateAttested>().Checks.ShouldBeEmpty();
        story.State!.Gate("backup").Attestations.Keys.ShouldBe([string.Empty]);
    }

    [Fact]
    public void Single_checks_are_attested_one_by_one_and_named_once() =>
        Story.Opened().Attest("redis", true, null, "aof", "aof").Last<ReleaseEvent.GateAttested>().Checks.ShouldBe(["aof"]);

    [Theory]
    [InlineData("redis", "rdb")]
    [InlineData("redis", "AOF")]
    [InlineData("redis", "")]
    [InlineData("backup", "anything")]
    [InlineData("freeze", "anything")]
    public void A_check_that_there_is_not_is_refused(string gate, string check) => Refusal(gate, checks: check).ShouldBe("check_unknown");

    [Fact]
    public void One_unknown_check_refuses_the_known_ones_beside_it() => Refusal("redis", checks: ["aof", "rdb"]).ShouldBe("check_unknown");

    [Fact]
    public void A_gate_that_there_is_not_is_refused() => Refusal("bakcup").ShouldBe("gate_unknown");

    [Fact]
    public void A_persons_word_does_not_stand_in_for_a_tools_report() => Refusal("load").ShouldBe("gate_needs_report");

    [Fact]
    public void The_checks_of_a_report_gate_are_attested_beside_its_reports() =>
        Story.Opened().Attest("sast").Last<ReleaseEvent.GateAttested>().Checks.ShouldBe(["reviewed"]);

    [Fact]
    public void The_absence_of_a_condition_is_attested_where_it_is_not_measured()
    {
        Story.Opened().Attest("freeze").Condition("freeze").Outcome.ShouldBe(Domain.GoNoGo.ConditionOutcome.Absent);
        Refusal("critical-cve").ShouldBe("gate_needs_report");
    }

    [Fact]
    public void Unmet_turns_met_only_with_a_reason_and_both_stay_visible()
    {
        var story = Story.Opened().Attest("backup", met: false);
        Refusal(story, "backup").ShouldBe("supersede_reason_missing");
        story.Attest("backup", supersede: "restored from the copy").Last<ReleaseEvent.GateAttested>().Supersedes.ShouldBe(new Supersedes(2, "restored from the copy"));
        story.Events.Count.ShouldBe(3);
    }

    [Fact]
    public void Met_turns_unmet_and_unmet_stays_unmet_without_a_reason()
    {
        Story.Opened().Attest("backup").Attest("backup", met: false).Last<ReleaseEvent.GateAttested>().Supersedes.ShouldBe(new Supersedes(2));
        Story.Opened().Attest("backup", met: false).Attest("backup", met: false).Last<ReleaseEvent.GateAttested>().Supersedes.ShouldBe(new Supersedes(2));
    }

    [Fact]
    public void A_present_condition_turns_absent_only_with_a_reason()
    {
        var story = Story.Opened().Attest("freeze", met: false);
        Refusal(story, "freeze").ShouldBe("supersede_reason_missing");
        story.Attest("freeze", supersede: "the freeze was lifted");
    }

    [Fact]
    public void One_unmet_check_asks_for_a_reason_when_the_whole_gate_is_attested_and_not_when_another_check_is()
    {
        var story = Story.Opened().Attest("redis", false, null, "aof").Attest("redis", true, null, "replica");
        Refusal(story, "redis").ShouldBe("supersede_reason_missing");
        story.Attest("redis", supersede: "switched on").Last<ReleaseEvent.GateAttested>().Supersedes.ShouldBe(new Supersedes(2, "switched on"));
    }

    [Theory]
    [InlineData(0, "text_missing")]
    [InlineData(1, null)]
    [InlineData(4_000, null)]
    [InlineData(4_001, "text_too_long")]
    public void Note_link_and_reason_have_1_to_4000_characters(int length, string? code)
    {
        var text = new string('x', length);
        Expect(new ReleaseCommand.AttestGate(Story.Release, "backup", [], true, text));
        Expect(new ReleaseCommand.AttestGate(Story.Release, "backup", [], true, "seen", text));
        Expect(new ReleaseCommand.AttestGate(Story.Release, "backup", [], true, "seen", null, text));

        void Expect(ReleaseCommand command)
        {
            var decision = Story.Opened().Try(command);
            (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
            (decision is Decision.Accepted).ShouldBe(code is null);
        }
    }

    private static string Refusal(string gate, params string[] checks) => Refusal(Story.Opened(), gate, checks);

    private static string Refusal(Story story, string gate, params string[] checks) =>
        story.Refusal(new ReleaseCommand.AttestGate(Story.Release, gate, checks, true, "seen with my own eyes"));
}
