using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;

namespace Ledger.Domain.Releases;

/// <summary>Which events rest on stored bytes.</summary>
public static class EventEvidence
{
    /// <summary>The bytes that <paramref name="recorded"/> names; null where it names none.</summary>
    public static Evidence? Of(LedgerEvent recorded) => recorded switch
    {
        ReleaseEvent.GateReported reported => reported.Evidence,
        ExternalEvent.Kept kept => kept.Evidence,
        InboxEvent.Received received => received.Evidence,
        _ => null,
    };
}
