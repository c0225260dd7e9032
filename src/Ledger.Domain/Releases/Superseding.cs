using Ledger.Domain.Events;

namespace Ledger.Domain.Releases;

/// <summary>Red never turns green silently: what follows a red report or attestation says why it counts instead, and both stay visible.</summary>
internal static class Superseding
{
    public static Decision NeedsReason(string gate, long version) => Decision.Refuse(
        "supersede_reason_missing",
        $"'{gate}' is red since version {version} of the release, and this would silently end that",
        "say why the new one counts: --supersede REASON");

    public static Supersedes? Of(EventReference? before, string? reason) => before is null ? null : new Supersedes(before.Version, reason);
}
