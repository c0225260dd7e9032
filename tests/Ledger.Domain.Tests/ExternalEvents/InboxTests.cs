using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Releases;
using Ledger.Domain.Tests.Releases;

namespace Ledger.Domain.Tests.ExternalEvents;

public class InboxTests
{
    private static readonly InboxEvent.Received Received = new("/ci", "1", "t", new Evidence(TestDigest.Of(1), 2, "application/json"), 0, "no release");

    [Theory]
    [InlineData("/event/source/123", "inbox//event/source/123")]
    [InlineData("https://ci.example.com/[EMAIL_REDACTED]", "inbox/https://ci.example.com/[EMAIL_REDACTED]")]
    [InlineData("café", "inbox/sha256:850f7dc43910ff890f8879c0ed26fe697c93a067ad93a7d50f466a7028a9bf4e")]
    [InlineData("a b", "inbox/sha256:c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65")]
    public void A_stream_is_named_by_its_source_or_by_its_digest(string source, string stream)
    {
        Inbox.StreamOf(source).ShouldBe(stream);
        Inbox.IsStream(stream).ShouldBeTrue();
    }

    [Fact]
    public void No_source_has_the_stream_of_another()
    {
        var long200 = new string('a', 200);
        string[] sources = [long200, $"{long200}a", $"{long200}b", "a b", Inbox.StreamOf("a b")["inbox/".Length..]];
        sources.Select(Inbox.StreamOf).Distinct().Count().ShouldBe(sources.Length);
        sources.Select(Inbox.StreamOf).ShouldAllBe(stream => stream.Length <= 206);
    }

    [Fact]
    public void The_last_event_alone_says_all_of_the_state()
    {
        var one = InboxState.Evolve(null, Recorded(10, 1, Received));
        var two = InboxState.Evolve(one, Recorded(12, 2, Received with { Id = "2" }));
        var three = InboxState.Evolve(two, Recorded(15, 3, new InboxEvent.Assigned("/ci", new EventReference(10, 1), "shop/v1", new EventReference(14, 4))));
        three.ShouldBe(InboxState.Of(Recorded(15, 3, new InboxEvent.Assigned("/ci", new EventReference(10, 1), "shop/v1", new EventReference(14, 4)))));
        three.Last.ShouldBe(new EventReference(15, 3));
    }

    [Fact]
    public void What_cannot_follow_is_an_exception()
    {
        var state = InboxState.Of(Recorded(10, 1, Received));
        Should.Throw<InvalidOperationException>(() => InboxState.Evolve(state, Recorded(11, 2, Received with { Source = "/cd" })));
        Should.Throw<InvalidOperationException>(() => InboxState.Evolve(null, Recorded(11, 1, new InboxEvent.Assigned("/ci", new EventReference(10, 1), "shop/v1", new EventReference(9, 1)))));
        Should.Throw<InvalidOperationException>(() => InboxState.Evolve(state, Recorded(12, 2, new InboxEvent.Assigned("/ci", new EventReference(11, 2), "shop/v1", new EventReference(9, 1)))));
    }

    [Fact]
    public void Anything_readable_is_received_and_only_what_was_received_is_assigned()
    {
        var context = new DecisionContext(new Actor("ci", Role.Ci), Story.Start);
        InboxState.Decide(new InboxCommand.Receive(Received), null, context).ShouldBeOfType<Decision.Accepted>().Events.ShouldBe([Received]);
        Code(InboxState.Decide(new InboxCommand.Receive(Received with { Id = "\u0007" }), null, context)).ShouldBe("text_unreadable");
        Code(InboxState.Decide(new InboxCommand.Receive(Received with { Because = "" }), null, context)).ShouldBe("text_missing");

        var state = InboxState.Of(Recorded(10, 2, Received));
        var assign = new InboxCommand.Assign("/ci", new EventReference(10, 2), Story.Release, new EventReference(14, 4));
        InboxState.Decide(assign, state, context).ShouldBeOfType<Decision.Accepted>().Events.ShouldBe([new InboxEvent.Assigned("/ci", new EventReference(10, 2), Story.Release.ToString(), new EventReference(14, 4))]);
        Code(InboxState.Decide(assign, null, context)).ShouldBe("event_unknown");
        Code(InboxState.Decide(assign with { Event = new EventReference(10, 3) }, state, context)).ShouldBe("event_unknown");
        Code(InboxState.Decide(assign with { Event = new EventReference(0, 0) }, state, context)).ShouldBe("event_unknown");
    }

    [Theory]
    [InlineData("release/shop/v1", true)]
    [InlineData("release/till/v1", false)]
    [InlineData("policy/shop", true)]
    [InlineData("ledger", true)]
    [InlineData("inbox//ci", false)]
    public void Who_sees_some_services_sees_their_releases_and_what_is_for_everybody(string stream, bool covered)
    {
        StreamScope.Covers(stream, ["shop"]).ShouldBe(covered);
        StreamScope.Covers(stream, null).ShouldBeTrue();
    }

    private static string Code(Decision decision) => decision.ShouldBeOfType<Decision.Refused>().Refusal.Code;

    private static Recorded<InboxEvent> Recorded(long sequence, long version, InboxEvent @event) => new(sequence, version, Story.Start, new Actor("ci", Role.Ci), @event);
}
