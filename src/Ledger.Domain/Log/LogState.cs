using System.Diagnostics;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;

namespace Ledger.Domain.Log;

/// <summary>The log's own state.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="VerifierKey">The key it began with.</param>
/// <param name="Clock">Where a sandbox's clock stands; null where it was never set.</param>
public sealed record LogState(string Origin, string VerifierKey, SandboxTime? Clock = null)
{
    /// <summary>The state after <paramref name="recorded"/>.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow that state.</exception>
    public static LogState Evolve(LogState? state, Recorded<LogEvent> recorded) => (state, recorded.Event) switch
    {
        (null, LogEvent.Created created) => new LogState(created.Origin, created.VerifierKey),
        (not null, LogEvent.Created) => throw new InvalidOperationException($"the log begins a second time at sequence {recorded.Sequence}"),
        (null, _) => throw new InvalidOperationException($"'{recorded.Event.Type}' at sequence {recorded.Sequence} comes before the log began"),
        (_, LogEvent.SandboxClockSet) when !Sandbox.IsOrigin(state.Origin) => throw new InvalidOperationException($"the clock is set at sequence {recorded.Sequence}, and the log is no sandbox's"),
        (_, LogEvent.SandboxClockSet { To: { } to }) when to != recorded.At => throw new InvalidOperationException($"the clock is held at sequence {recorded.Sequence}, and not at the time of that event"),
        (_, LogEvent.SandboxClockSet set) => state with { Clock = new SandboxTime(set.To, recorded.At) },
        _ => throw new UnreachableException(),
    };

    /// <summary>Decides about the log itself.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">The log as it stands; null where it has not begun.</param>
    /// <param name="context">Who asks.</param>
    public static Decision Decide(LogCommand command, LogState? state, DecisionContext context) =>
        Permissions.Check(context.Actor.Role, command) is { } forbidden ? new Decision.Refused(forbidden) : Decide(command, state, context.At);

    /// <summary>Decides about the log itself, whoever asks.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">The log as it stands; null where it has not begun.</param>
    /// <param name="at">The time of the decision.</param>
    public static Decision Decide(LogCommand command, LogState? state, DateTimeOffset at) => (command, state) switch
    {
        (LogCommand.Create create, null) => Decision.Accept(new LogEvent.Created(create.Origin, create.VerifierKey)),
        (LogCommand.Create, not null) => Decision.Refuse("ledger_exists", "the log has begun already", "open the existing one"),
        (LogCommand.SetClock set, not null) => SetClock(set, state, at),
        (LogCommand.SetClock, null) => NoSandbox("the log has not begun"),
        _ => throw new UnreachableException(),
    };

    private static Decision SetClock(LogCommand.SetClock set, LogState state, DateTimeOffset at)
    {
        if (!Sandbox.IsOrigin(state.Origin)) return NoSandbox($"the ledger {state.Origin} is no sandbox: its clock is the real one");
        if (set.To > Sandbox.End)
            return Decision.Refuse("clock_out_of_range", $"the clock is not held later than {UtcTimeJsonConverter.ToText(Sandbox.End)}", "give a time before that");
        return set.To < at
            ? Decision.Refuse("clock_set_back", $"the log's time never goes back, and its last is {UtcTimeJsonConverter.ToText(at)}", "give that time or a later one, or begin a new sandbox")
            : Decision.Accept(new LogEvent.SandboxClockSet(state.Clock?.Held, set.To));
    }

    private static Decision NoSandbox(string why) =>
        Decision.Refuse("not_a_sandbox", why, "times are given in a sandbox alone, which is a server started with Ledger__Sandbox=true");
}
