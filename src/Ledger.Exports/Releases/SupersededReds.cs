using Ledger.Domain.Releases;

namespace Ledger.Exports.Releases;

/// <summary>A red result that a newer one stands in place of, with the reason that was given.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Red">The red event's place in the log.</param>
/// <param name="By">The place of the one that stands instead.</param>
/// <param name="Reason">Why it counts.</param>
internal sealed record SupersededReds(string Gate, long Red, long By, string Reason)
{
    /// <summary>All of a release's, in the order in which they were superseded. A reason is there exactly where red was superseded.</summary>
    /// <param name="history">The release's events, from the first.</param>
    public static IEnumerable<SupersededReds> Of(IReadOnlyList<ExportedEvent> history) => history
        .Select(each => (Event: each, Superseding: Of(each.Event)))
        .Where(each => each.Superseding.Supersedes?.Reason is not null)
        .Select(each => new SupersededReds(
            each.Superseding.Gate, history[(int)each.Superseding.Supersedes!.Version - 1].Sequence, each.Event.Sequence, each.Superseding.Supersedes.Reason!));

    private static (string Gate, Supersedes? Supersedes) Of(Domain.Events.LedgerEvent @event) => @event switch
    {
        ReleaseEvent.GateReported reported => (reported.Gate, reported.Supersedes),
        ReleaseEvent.GateAttested attested => (attested.Gate, attested.Supersedes),
        _ => ("", null),
    };
}
