using Ledger.Domain.Events;

namespace Ledger.Domain;

/// <summary>What a decider answers: the events that follow from a command, or the reason there are none.</summary>
public abstract record Decision
{
    private Decision() { }

    internal abstract bool IsAccepted { get; }

    /// <summary>The command is carried out: these events, at least one, are to be appended in this order.</summary>
    public sealed record Accepted(IReadOnlyList<LedgerEvent> Events) : Decision
    {
        internal override bool IsAccepted => true;
    }

    /// <summary>The command is refused.</summary>
    public sealed record Refused(Refusal Refusal) : Decision
    {
        internal override bool IsAccepted => false;
    }

    internal static Decision Accept(params LedgerEvent[] events) => new Accepted(events);

    internal static Decision Refuse(string code, string message, string hint) => new Refused(new Refusal(code, message, hint));
}
