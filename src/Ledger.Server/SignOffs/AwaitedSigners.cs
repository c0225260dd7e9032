using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.SignOffs;

/// <summary>Names who could give the signatures that a refused GO waits for: who is refused asks that next.</summary>
internal static class AwaitedSigners
{
    private const int NamedAtMost = 10;

    /// <summary>The same problem with their ids, role by role, where it is about signatures that are missing; else the same.</summary>
    public static async Task<Problem> NameAsync(Problem problem, ReleaseId release, LedgerStore store, CancellationToken cancellation)
    {
        if (problem.Code is not ("sign_offs_incomplete" or "sign_offs_stale")) return problem;
        try
        {
            if (await store.Releases.FindAsync(release, cancellation) is not { } view) return problem;
            var signers = await store.Signers.ListAsync(cancellation);
            var now = store.Clock.GetUtcNow();
            var roles = view.Standing().SignOff?.Stages.SelectMany(stage => stage.MissingRoles).Distinct() ?? [];
            return problem.Adding(roles.Select(role => $"may sign as {role}: {Names(SignerRules.WhoMaySign(role, view.Policy.Policy, view.State, signers, now).Select(signer => signer.Id))}"));
        }
        catch (Exception exception) when (RequestPipeline.IsUnavailable(exception))
        {
            return problem; // refused it is all the same
        }
    }

    private static string Names(IEnumerable<string> ids)
    {
        var named = ids.ToList();
        return named.Count == 0 ? "nobody who is enrolled"
            : named.Count <= NamedAtMost ? string.Join(", ", named)
            : $"{string.Join(", ", named.Take(NamedAtMost))} and {named.Count - NamedAtMost} others";
    }
}
