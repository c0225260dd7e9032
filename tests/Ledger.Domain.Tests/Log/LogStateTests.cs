using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.Log;
using Ledger.Domain.Tests.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Log;

public class LogStateTests
{
    private static readonly LogCommand.Create Create = new("ledger.example/log", "ledger.example/log+0a0b0c0d+AQID");
    private static readonly Recorded<LogEvent> Created = new(1, 1, Story.Start, new Actor("server", Role.Admin), new LogEvent.Created(Create.Origin, Create.VerifierKey));

    [Fact]
    public void A_log_begins_with_its_origin_and_its_key() =>
        LogState.Decide(Create, null, Story.Start).ShouldBeOfType<Decision.Accepted>().Events.ShouldHaveSingleItem().ShouldBe(Created.Event);

    [Fact]
    public void A_log_begins_once() =>
        LogState.Decide(Create, LogState.Evolve(null, Created), Story.Start).ShouldBeOfType<Decision.Refused>().Refusal.Code.ShouldBe("ledger_exists");

    [Fact]
    public void A_second_beginning_in_the_stream_is_a_broken_stream() =>
        Should.Throw<InvalidOperationException>(() => LogState.Evolve(LogState.Evolve(null, Created), Created));

    [Fact]
    public void Its_stream_is_called_ledger() => Create.StreamKey.ShouldBe("ledger");
}
