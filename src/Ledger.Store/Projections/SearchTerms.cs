using Ledger.Domain.Releases;
using Ledger.Store.Append;

namespace Ledger.Store.Projections;

/// <summary>
/// The projection <c>ledger_terms</c>, by which releases are found. What an event brings to it is said in SQL, once, for the write path and for what
/// was there before; here is only said which groups have anything to bring, so that the many that report what was reported before pay nothing.
/// </summary>
internal static class SearchTerms
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "release_opened", "gate_waived", "signed_off", "sign_off_withdrawn", "decision_made", "release_closed",
        "deployment_started", "deployment_aborted", "rollback_started", "rollback_completed", "deviation_recorded", "rollback_triggered",
    };

    /// <summary>Whether the group has events that a search could find a release by and could not before.</summary>
    public static bool AreIn(SealedGroup group) => group.Events.Exists(row => Types.Contains(row.Type)) || group.Streams.Values.Any(stream => HasNewTool(stream.Before, stream.After));

    private static bool HasNewTool(StreamHead before, StreamHead after)
    {
        if (after.State is not ReleaseState state) return false;
        var known = (before.State as ReleaseState)?.Gates;
        foreach (var (name, gate) in state.Gates)
        {
            var earlier = known?.GetValueOrDefault(name);
            if (ReferenceEquals(earlier, gate)) continue;
            if (gate.Reports.Keys.Any(tool => earlier?.Reports.ContainsKey(tool) != true)) return true;
        }

        return false;
    }
}
