using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.Signers;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Signers;

public class SignerStateTests
{
    private static readonly SignerKey Key = People.KeyOf("ada");
    private static readonly SignerEvent.Enrolled Enrolled = new("ada", "Ada Moss", [], ["ci-of-ada"]);

    [Fact]
    public void A_key_counts_after_the_event_that_added_it_and_up_to_the_one_that_ended_it()
    {
        var key = new SignerKeyState(Key, new EventReference(5, 2), People.Now, new KeyEnd(new EventReference(9, 3), People.Now.AddHours(1), "stolen"));
        Codes(key, 4, 5, 6, 8, 9, 10).ShouldBe(["key_not_yet_valid", "key_not_yet_valid", null, null, null, "key_revoked"]);
    }

    [Fact]
    public void The_place_in_the_log_decides_and_not_the_time_of_the_revocation()
    {
        var key = new SignerKeyState(Key, new EventReference(5, 2), People.Now, new KeyEnd(new EventReference(9, 3), People.Now, "stolen"));
        key.Refuses(8, People.Now.AddYears(1)).ShouldBeNull();
        key.Refuses(10, People.Now)!.Code.ShouldBe("key_revoked");
    }

    [Fact]
    public void A_key_is_valid_from_its_beginning_to_before_its_end()
    {
        var (start, end, tick) = (People.Now.AddDays(1), People.Now.AddDays(2), TimeSpan.FromMicroseconds(1));
        var key = new SignerKeyState(Key with { NotBefore = start, NotAfter = end }, new EventReference(1, 1), People.Now);
        key.Refuses(2, start - tick)!.Code.ShouldBe("key_not_yet_valid");
        key.Refuses(2, start).ShouldBeNull();
        key.Refuses(2, end - tick).ShouldBeNull();
        key.Refuses(2, end)!.Code.ShouldBe("key_expired");
    }

    [Fact]
    public void A_person_acts_under_their_id_and_their_accounts()
    {
        var ada = new People().Do(new SignerCommand.Enrol("ada", "Ada Moss", [], ["ci-of-ada"]))["ada"]!;
        new[] { "ada", "ci-of-ada", "Ada Moss", "ben" }.Where(ada.ActsAs).ShouldBe(["ada", "ci-of-ada"]);
    }

    [Fact]
    public void No_event_is_skipped_and_one_that_cannot_follow_is_a_broken_stream()
    {
        var ada = Evolve(Evolve(null, Enrolled), new SignerEvent.KeyAdded(Key));
        var unknown = People.KeyOf("ben").Id;
        (SignerState? State, SignerEvent Next)[] broken =
        [
            (null, new SignerEvent.KeyAdded(Key)),
            (ada, Enrolled),
            (ada, new SignerEvent.KeyAdded(Key)),
            (ada, new SignerEvent.KeyAdded(People.KeyOf("ada", 2), unknown)),
            (ada, new SignerEvent.KeyRevoked(unknown, "lost")),
            (Evolve(ada, new SignerEvent.KeyRevoked(Key.Id, "lost")), new SignerEvent.KeyRevoked(Key.Id, "lost")),
        ];
        foreach (var (state, next) in broken) Should.Throw<InvalidOperationException>(() => Evolve(state, next), next.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_gap_or_a_repetition_is_a_broken_stream(long version)
    {
        var ada = Evolve(Evolve(null, Enrolled), new SignerEvent.KeyAdded(Key));
        Should.Throw<InvalidOperationException>(() => SignerState.Evolve(ada, Recorded(new SignerEvent.Changed([], [], "moved"), version)));
        SignerState.Evolve(ada, Recorded(new SignerEvent.Changed([], [], "moved"), 3)).Last.Version.ShouldBe(3);
    }

    [Theory]
    [InlineData("signer/ada", "ada")]
    [InlineData("signer/Ada", null)]
    [InlineData("signer/", null)]
    [InlineData("signer/ada/1", null)]
    [InlineData("release/ada", null)]
    public void A_signers_stream_is_told_by_its_key(string stream, string? id)
    {
        SignerId.FromStreamKey(stream).ShouldBe(id);
        if (id is not null) SignerId.StreamOf(id).ShouldBe(stream);
    }

    private static SignerState Evolve(SignerState? state, SignerEvent next) => SignerState.Evolve(state, Recorded(next, (state?.Last.Version ?? 0) + 1));

    private static Recorded<SignerEvent> Recorded(SignerEvent next, long version) => new(version, version, People.Now, new Actor("compliance", Role.Compliance), next);

    private static IEnumerable<string?> Codes(SignerKeyState key, params long[] sequences) => sequences.Select(sequence => key.Refuses(sequence, People.Now)?.Code);
}
