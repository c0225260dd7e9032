using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>What a plan or a policy forbids: refused while it can be, and where it has happened already, recorded as a deviation.</summary>
internal sealed class Breaches(Observation? observed, string? subject = null)
{
    // Between two clocks.
    private static readonly TimeSpan SkewBorne = TimeSpan.FromSeconds(60);

    private readonly List<Refusal> _found = [];

    public static bool IsAhead(DateTimeOffset time, DateTimeOffset at) => time > at + SkewBorne;

    /// <summary>A refusal where <paramref name="observed"/> cannot be what was seen; null where it can, or where nothing was.</summary>
    public static Refusal? Check(Observation? observed, ReleaseState state, DateTimeOffset at)
    {
        if (observed is null) return null;
        if (IsAhead(observed.At, at))
            return new Refusal("time_in_future", $"it is said to have happened at {UtcTimeJsonConverter.ToText(observed.At)}, which is still to come", "set the source's clock");
        return observed.At < state.Facts.OpenedAt - SkewBorne
            ? new Refusal("time_before_release", $"it is said to have happened at {UtcTimeJsonConverter.ToText(observed.At)}, before the release was opened", "report it under its own release")
            : Text.CheckName("source", observed.Source);
    }

    public void Add(Refusal? breach)
    {
        if (breach is not null) _found.Add(breach);
    }

    public void Add(bool isBroken, string code, string message, string hint)
    {
        if (isBroken) _found.Add(new Refusal(code, message, hint));
    }

    /// <summary>The events, with the deviations ahead of them; or the first breach, where it can still be refused.</summary>
    public Decision Answer(params LedgerEvent[] events)
    {
        if (_found.Count > 0 && observed is null) return new Decision.Refused(_found[0]);
        return new Decision.Accepted([.. _found.Select(breach => new DeploymentEvent.DeviationRecorded(breach.Code, breach.Message, observed!, subject)), .. events]);
    }
}
