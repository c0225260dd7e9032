using System.Diagnostics;
using Ledger.Domain.Deployments;

namespace Ledger.Store.Releases;

/// <summary>Which releases are looked for, by their way to their users. Everything here is found by an index.</summary>
public sealed record DeploymentSearch
{
    /// <summary>
    /// That were in one of these phases at some time; null for any. A release may have gone on since, as when a deployment starts over: whether it still is in the
    /// phase, its state says.
    /// </summary>
    public IReadOnlyList<DeploymentPhase>? Phases { get; init; }

    /// <summary>That were rolled back, or were not; null for either.</summary>
    public bool? RolledBack { get; init; }

    /// <summary>With deviations, or without; null for either.</summary>
    public bool? Deviations { get; init; }

    /// <summary>With a deviation of this code.</summary>
    public string? Deviation { get; init; }

    /// <summary>For which a rollback rule fired, or none did; null for either.</summary>
    public bool? Triggered { get; init; }

    /// <summary>For which the rollback rule of this name fired.</summary>
    public string? Rule { get; init; }

    // The kind of a term, its values (none for any), and whether it is to be there.
    internal IEnumerable<(string Kind, IReadOnlyList<string> Values, bool IsThere)> Terms
    {
        get
        {
            // Whatever is in any other phase was started.
            if (Phases is not null && Phases.All(phase => phase == DeploymentPhase.NotStarted)) yield return ("deployment", ["started"], false);
            else if (Phases?.Contains(DeploymentPhase.NotStarted) == false) yield return ("deployment", [.. Phases.Select(Name)], true);
            if (RolledBack is { } rolledBack) yield return ("deployment", ["rolled_back"], rolledBack);
            if (Deviations is { } deviations) yield return ("deviation", [], deviations);
            if (Deviation is { } code) yield return ("deviation", [code], true);
            if (Triggered is { } triggered) yield return ("rule", [], triggered);
            if (Rule is { } rule) yield return ("rule", [rule], true);
        }
    }

    private static string Name(DeploymentPhase phase) => phase switch
    {
        DeploymentPhase.Started => "started",
        DeploymentPhase.Aborted => "aborted",
        DeploymentPhase.RollingBack => "rolling_back",
        DeploymentPhase.RolledBack => "rolled_back",
        _ => throw new UnreachableException(),
    };
}
