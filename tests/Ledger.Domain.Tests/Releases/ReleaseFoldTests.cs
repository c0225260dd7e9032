using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Releases;

public class ReleaseFoldTests
{
    [Fact]
    public void A_stream_begins_with_the_opening()
    {
        var attested = Story.Opened().Attest("backup").Events[1] with { Version = 1 };
        Should.Throw<InvalidOperationException>(() => ReleaseFold.Evolve(null, attested));
    }

    [Fact]
    public void A_second_opening_is_a_broken_stream()
    {
        var story = Story.Opened();
        Should.Throw<InvalidOperationException>(() => ReleaseFold.Evolve(story.State, story.Events[0] with { Sequence = 9, Version = 2 }));
    }

    [Fact]
    public void Nothing_follows_a_close()
    {
        var state = Story.Closed().State!;
        var attested = Story.Opened().Attest("backup").Events[1] with { Sequence = state.Last.Sequence + 1, Version = state.Last.Version + 1 };
        Should.Throw<InvalidOperationException>(() => ReleaseFold.Evolve(state, attested));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 1)]
    public void A_gap_a_repetition_or_a_step_back_is_a_broken_stream(long version, long sequence)
    {
        var state = Story.Opened().Attest("backup").State!;
        state.Last.ShouldBe(new EventReference(3, 2));
        var next = Story.Opened().Attest("docs").Events[1] with { Version = version, Sequence = sequence };
        Should.Throw<InvalidOperationException>(() => ReleaseFold.Evolve(state, next));
        ReleaseFold.Evolve(state, next with { Version = 3, Sequence = 4 }).Last.ShouldBe(new EventReference(4, 3));
    }

    [Fact]
    public void The_first_event_has_version_1() =>
        Should.Throw<InvalidOperationException>(() => ReleaseFold.Evolve(null, Story.Opened().Events[0] with { Version = 2 }));

    [Fact]
    public void A_reading_that_states_no_outcome_is_refused_and_not_taken_for_passed() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize(
            """{"reports":{"k6":{"event":{"sequence":1,"version":1},"outcome":"passed","readings":[{"value":1}],"conditions":[]}},"attestations":{}}""", DomainJson.Default.GateState));

    [Fact]
    public void A_gates_state_reads_back_from_its_JSON()
    {
        var state = Story.Opened().Report("scan", TestReport.Trivy(critical: 1)).Report("scan", TestReport.Of("trivy"), "rescan").State!.Gate("scan");
        var json = JsonSerializer.SerializeToUtf8Bytes(state, DomainJson.Default.GateState);
        var again = JsonSerializer.Deserialize(json, DomainJson.Default.GateState)!;
        JsonSerializer.SerializeToUtf8Bytes(again, DomainJson.Default.GateState).ShouldBe(json);
        again.Reports["trivy"].Readings.ShouldBe(state.Reports["trivy"].Readings);
    }
}
