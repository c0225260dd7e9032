using System.Text.Json;
using Ledger.Cli.Contract;
using Ledger.Cli.Watching;

namespace Ledger.Cli.Tests.Watching;

/// <summary>The bars of <c>ledger watch</c>: they move with the time of a step, and are full only when it is over.</summary>
public class RolloutProgressTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_step_s_share_grows_with_its_time_and_is_whole_only_when_it_is_over()
    {
        var progress = new RolloutProgress();
        progress.Apply(Event(1, 0, "deployment_started", """{"terms":{"steps":[{"name":"ten","duration":"5min"},{"name":"all"}],"watch":"24h"}}"""));
        (progress.Steps, progress.StepsTaken(Start), progress.DoingAt(Start)).ShouldBe((2, 0, "rolling out"));

        progress.Apply(Event(2, 0, "canary_step_started", """{"step":"ten","weight":"10%"}"""));
        progress.StepsTaken(Start.AddSeconds(150)).ShouldBe(0.475, 1e-9);
        progress.DoingAt(Start.AddSeconds(150.9)).ShouldBe("step ten (10%), 00:02:30 of 00:05:00");
        progress.StepsTaken(Start.AddHours(9)).ShouldBe(0.95, 1e-9);
        progress.StepsTaken(Start.AddHours(-9)).ShouldBe(0);

        progress.Apply(Event(3, 300, "canary_step_completed", """{"step":"ten"}"""));
        progress.Apply(Event(4, 301, "canary_step_started", """{"step":"all"}"""));
        (progress.StepsTaken(Start.AddHours(9)), progress.DoingAt(Start.AddHours(9))).ShouldBe((1, "step all"));

        progress.Apply(Event(5, 302, "deployment_promoted", "{}"));
        progress.StepsTaken(Start.AddSeconds(302)).ShouldBe(2);
        progress.WatchOver(Start.AddSeconds(302).AddHours(12)).ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public void What_is_taken_back_stands_still()
    {
        var progress = new RolloutProgress();
        progress.Apply(Event(1, 0, "deployment_started", """{"terms":{"steps":[{"name":"ten","duration":"5min"},{"name":"all"}]}}"""));
        progress.Apply(Event(2, 0, "canary_step_started", """{"step":"ten"}"""));
        progress.Apply(Event(3, 60, "rollback_started", """{"reason":"errors"}"""));
        (progress.StepsTaken(Start.AddMinutes(4)), progress.DoingAt(Start.AddMinutes(4))).ShouldBe((0, "rolling back"));
    }

    private static PastEvent Event(long version, double second, string type, string data) =>
        new(version, version, type, Start.AddSeconds(second).ToString("O"), new PastActor("ci", "ci"), JsonDocument.Parse(data).RootElement, "");
}
