using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Exports.Controls;
using Ledger.GraphQL;
using Ledger.GraphQL.Types;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Controls;
using Ledger.Server.GraphQL.Deployments;
using Ledger.Server.GraphQL.Requests;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>What a filter asks that only judging a release tells: it changes with time alone, as waivers and deadlines end.</summary>
/// <param name="Verdicts">One of these; null for any.</param>
/// <param name="Gate">The gate's name; null for any.</param>
/// <param name="Outcomes">One of these; null for any.</param>
/// <param name="Control">Shows this control so; null for any.</param>
/// <param name="Phases">Its deployment is in one of these phases; null for any.</param>
internal sealed record JudgedFilter(
    IReadOnlyList<Verdict>? Verdicts, string? Gate, IReadOnlyList<GateOutcome>? Outcomes, (string Id, DemandStatus Status)? Control, IReadOnlyList<DeploymentPhase>? Phases)
{
    /// <summary>The filter; null where it asks nothing of the kind.</summary>
    /// <exception cref="FieldException">It asks what the caller may not ask.</exception>
    public static JudgedFilter? Of(InputValues? filter, Asking asking)
    {
        var (gate, control) = (filter?.Get<InputValues>("gate"), filter?.Get<InputValues>("control"));
        var verdicts = filter?["verdict"].IsNullOrUndefined == false ? filter.GetList<Verdict>("verdict") : null;
        if (control is not null && !Access.ExportingReleases.Admits(asking.Caller)) throw new FieldException("The role may not ask what releases show of controls.", ErrorCodes.Forbidden);
        var phases = DeploymentFilter.Of(filter?.Get<InputValues>("deployment"))?.Phases;
        return gate is null && control is null && verdicts is null && phases is null
            ? null
            : new JudgedFilter(verdicts, gate?.Get<string>("name"), gate?.GetList<GateOutcome>("outcome"), control is null ? null : (control.Get<string>("id")!, control.Get<DemandStatus>("status")), phases);
    }

    /// <summary>Those of some releases that it keeps.</summary>
    public async ValueTask<HashSet<ReleaseAt>> AcceptedAsync(ResolverContext context, IEnumerable<ReleaseAt> releases)
    {
        var accepted = releases.Where(Accepts).ToHashSet();
        if (Control is not var (id, status) || accepted.Count == 0) return accepted;
        var showing = await ControlTypes.WithAsync(context.Asking(), [.. accepted.Select(release => release.Key)], id, status, context.CancellationToken);
        accepted.RemoveWhere(release => !showing.Contains(release.Key));
        return accepted;
    }

    private bool Accepts(ReleaseAt release) => Phases?.Contains(release.State.Deployment?.Phase ?? DeploymentPhase.NotStarted) != false
        && Verdicts?.Contains(release.Standing.Verdict) != false
        && (Outcomes is null || release.Standing.Gates.Any(gate => (Gate is null || gate.Name == Gate) && Outcomes.Contains(gate.Outcome)));
}
