using System.Text.Json;
using Ledger.Domain.Releases;
using Ledger.Domain.Tests.Releases;
using Ledger.Testing;

namespace Ledger.Domain.Tests.SignOffs;

/// <summary>The chain as programs and auditors read it, in the go/no-go whose digest is signed.</summary>
public class StandingTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public void A_chain_is_written_as_it_was_verified_to()
    {
        var story = Chain.Ready().Sign("cleo").Withdraw("cleo").Technical().Attest("backup").Technical().Reject("dan")
            .Do(new ReleaseCommand.Decide(Story.Release, Go: false, "the product owner says no"));
        var standing = JsonSerializer.SerializeToNode(story.Standing(), DomainJson.Default.ReleaseStanding)!.AsObject();
        foreach (var other in new[] { "gates", "conditions" }) standing.Remove(other);
        Golden.ShouldMatch(standing.ToJsonString(Indented) + "\n", "Standing.json");
    }

    [Fact]
    public void Where_nobody_signs_and_nothing_was_decided_neither_is_mentioned()
    {
        var standing = JsonSerializer.SerializeToNode(Story.Ready().Standing(), DomainJson.Default.ReleaseStanding)!.AsObject();
        standing.ContainsKey("signOff").ShouldBeFalse();
        standing.ContainsKey("decision").ShouldBeFalse();
    }

    [Fact]
    public void The_same_events_policy_and_time_give_the_same_bytes_and_another_event_others()
    {
        Story.DigestOf(Chain.Complete().Standing()).ShouldBe(Story.DigestOf(Chain.Complete().Standing()));
        Story.DigestOf(Chain.Complete().Withdraw("fay").Standing(Story.Start.AddDays(1))).ShouldNotBe(Story.DigestOf(Chain.Complete().Standing(Story.Start.AddDays(1))));
    }
}
