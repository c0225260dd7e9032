using System.Diagnostics;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;

namespace Ledger.Domain.Log;

/// <summary>The log's own state.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="VerifierKey">The key it began with.</param>
public sealed record LogState(string Origin, string VerifierKey)
{
    /// <summary>The state after <paramref name="recorded"/>.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow that state.</exception>
    public static LogState Evolve(LogState? state, Recorded<LogEvent> recorded) => (state, recorded.Event) switch
    {
        (null, LogEvent.Created created) => new LogState(created.Origin, created.VerifierKey),
        (not null, LogEvent.Created) => throw new InvalidOperationException($"the log begins a second time at sequence {recorded.Sequence}"),
        _ => throw new UnreachableException(),
    };

    /// <summary>Decides about the log itself.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">The log as it stands; null where it has not begun.</param>
    /// <param name="context">Who asks.</param>
    public static Decision Decide(LogCommand command, LogState? state, DecisionContext context) =>
        Permissions.Check(context.Actor.Role, command) is { } forbidden ? new Decision.Refused(forbidden) : Decide(command, state);

    /// <summary>Decides about the log itself, whoever asks.</summary>
    public static Decision Decide(LogCommand command, LogState? state) => (command, state) switch
    {
        (LogCommand.Create create, null) => Decision.Accept(new LogEvent.Created(create.Origin, create.VerifierKey)),
        (LogCommand.Create, not null) => Decision.Refuse("ledger_exists", "the log has begun already", "open the existing one"),
        _ => throw new UnreachableException(),
    };
}
