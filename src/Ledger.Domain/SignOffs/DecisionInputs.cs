using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.SignOffs;

/// <summary>Every event that a decision about a release rests on.</summary>
internal static class DecisionInputs
{
    /// <summary>The opening, the newest word on every gate, and every sign-off that counts, in log order.</summary>
    public static IReadOnlyList<EventReference> Of(ReleaseState state, SignOffStanding? signOff) =>
    [
        .. state.Gates.Values.SelectMany(gate => gate.Events)
            .Append(state.Facts.OpenedBy)
            .Concat((signOff?.Stages ?? []).SelectMany(stage => stage.SignOffs).Select(counting => counting.Event))
            .Distinct()
            .OrderBy(reference => reference.Sequence),
    ];
}
