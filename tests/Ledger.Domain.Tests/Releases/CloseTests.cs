using System.Text.Json;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Releases;

public class CloseTests
{
    [Theory]
    [InlineData(0, "text_missing")]
    [InlineData(1, null)]
    [InlineData(4_000, null)]
    [InlineData(4_001, "text_too_long")]
    public void A_close_has_a_reason_of_1_to_4000_characters(int length, string? code)
    {
        var decision = Story.Opened().Try(new ReleaseCommand.Close(Story.Release, CloseOutcome.Failed, new string('x', length)));
        (decision as Decision.Refused)?.Refusal.Code.ShouldBe(code);
        (decision is Decision.Accepted).ShouldBe(code is null);
    }

    [Fact]
    public void Every_outcome_has_the_name_that_is_written_in_events() =>
        Enum.GetValues<CloseOutcome>().Select(CloseOutcomes.Name).ShouldBe(Enum.GetValues<CloseOutcome>().Select(outcome => JsonSerializer.SerializeToElement(outcome).GetString()));

    [Fact]
    public void A_closed_release_remembers_how_it_ended_and_by_which_event()
    {
        var story = Story.Closed();
        story.State!.Facts.Closed.ShouldBe(CloseOutcome.Abandoned);
        story.State.Facts.ClosedBy.ShouldBe(story.State.Last);
    }
}
