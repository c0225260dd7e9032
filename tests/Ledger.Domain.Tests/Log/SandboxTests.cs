using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.Log;
using Ledger.Domain.Tests.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Log;

public class SandboxTests
{
    private static readonly LogState Began = new("sandbox.example/log", "key");
    private static readonly DateTimeOffset Noon = Story.Start;

    [Theory]
    [InlineData("sandbox.example/log", true)]
    [InlineData("sandbox.", true)]
    [InlineData("sandbox", false)]
    [InlineData("Sandbox.example/log", false)]
    [InlineData("a.sandbox.example/log", false)]
    public void Its_origin_alone_says_that_a_ledger_is_a_sandbox(string origin, bool expected) => Sandbox.IsOrigin(origin).ShouldBe(expected);

    [Fact]
    public void The_clock_is_held_moved_on_and_let_run()
    {
        var held = Evolve(Began, new LogCommand.SetClock(Noon), Noon);
        held.Clock.ShouldBe(new SandboxTime(Noon, Noon));
        SandboxTime.Now(held.Clock, Noon.AddYears(1)).ShouldBe(Noon);

        var later = Evolve(held, new LogCommand.SetClock(Noon.AddHours(1)), Noon.AddHours(1));
        SandboxTime.Now(later.Clock, Noon).ShouldBe(Noon.AddHours(1));

        var runs = Evolve(later, new LogCommand.SetClock(null), Noon.AddHours(1));
        SandboxTime.Now(runs.Clock, Noon).ShouldBe(Noon.AddHours(1), "time never goes back");
        SandboxTime.Now(runs.Clock, Noon.AddHours(2)).ShouldBe(Noon.AddHours(2));
        SandboxTime.Now(null, Noon).ShouldBe(Noon);
    }

    [Fact]
    public void The_event_says_from_where_to_where()
    {
        var held = Evolve(Began, new LogCommand.SetClock(Noon), Noon);
        Accepted(Began, new LogCommand.SetClock(Noon), Noon).ShouldBe(new LogEvent.SandboxClockSet(null, Noon));
        Accepted(held, new LogCommand.SetClock(Noon.AddHours(1)), Noon.AddHours(1)).ShouldBe(new LogEvent.SandboxClockSet(Noon, Noon.AddHours(1)));
        Accepted(held, new LogCommand.SetClock(null), Noon.AddDays(1)).ShouldBe(new LogEvent.SandboxClockSet(Noon, null));
    }

    [Fact]
    public void It_is_never_set_before_the_log_s_last_time_nor_after_the_end()
    {
        Refused(Began, new LogCommand.SetClock(Noon), Noon.AddTicks(10)).Message.ShouldContain("2026-01-31T12:00:00.000001Z");
        Accepted(Began, new LogCommand.SetClock(Noon), Noon);
        Accepted(Began, new LogCommand.SetClock(Sandbox.End), Sandbox.End);
        Refused(Began, new LogCommand.SetClock(Sandbox.End.AddTicks(10)), Sandbox.End.AddTicks(10)).Code.ShouldBe("clock_out_of_range");
    }

    [Fact]
    public void A_ledger_that_is_no_sandbox_has_no_clock_to_set()
    {
        var real = new LogState("ledger.example/log", "key");
        Refused(real, new LogCommand.SetClock(Noon), Noon).Code.ShouldBe("not_a_sandbox");
        Should.Throw<InvalidOperationException>(() => LogState.Evolve(real, Recorded(new LogEvent.SandboxClockSet(null, Noon), Noon)));
        Should.Throw<InvalidOperationException>(() => LogState.Evolve(null, Recorded(new LogEvent.SandboxClockSet(null, Noon), Noon)));
    }

    [Fact]
    public void A_clock_that_is_held_at_another_time_than_its_event_has_is_a_broken_stream() =>
        Should.Throw<InvalidOperationException>(() => LogState.Evolve(Began, Recorded(new LogEvent.SandboxClockSet(null, Noon), Noon.AddSeconds(1))));

    private static LogState Evolve(LogState state, LogCommand command, DateTimeOffset at) => LogState.Evolve(state, Recorded(Accepted(state, command, at), at));

    private static LogEvent Accepted(LogState state, LogCommand command, DateTimeOffset at) =>
        (LogEvent)LogState.Decide(command, state, at).ShouldBeOfType<Decision.Accepted>().Events.ShouldHaveSingleItem();

    private static Refusal Refused(LogState state, LogCommand command, DateTimeOffset at) => LogState.Decide(command, state, at).ShouldBeOfType<Decision.Refused>().Refusal;

    private static Recorded<LogEvent> Recorded(LogEvent happened, DateTimeOffset at) => new(2, 2, at, new Actor("root", Role.Admin), happened);
}
