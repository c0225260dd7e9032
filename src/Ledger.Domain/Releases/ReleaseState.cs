using System.Collections.Immutable;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;

namespace Ledger.Domain.Releases;

/// <summary>
/// What a release's events come to: as much as the next decision and the go/no-go need, and no more, so that its size follows the
/// policy, the people and their sign-offs, and not the number of reports or measurements.
/// </summary>
/// <param name="Facts">What is known of the release as a whole.</param>
/// <param name="Gates">What is known of each gate or condition, by its name; nothing came in for those that are not there.</param>
/// <param name="Last">The newest event.</param>
/// <param name="LastAt">When it was appended.</param>
/// <param name="Deployment">How far it is on its way to its users; null where nothing was heard of that.</param>
public sealed record ReleaseState(
    ReleaseFacts Facts, ImmutableSortedDictionary<string, GateState> Gates, EventReference Last, DateTimeOffset LastAt, DeploymentState? Deployment = null)
{
    /// <summary>How the release was announced.</summary>
    public ReleaseEvent.Opened Opened => Facts.Opened;

    /// <summary>The release's id.</summary>
    public ReleaseId Id => ReleaseId.TryCreate(Opened.Service, Opened.Version)!;

    /// <summary>The newest event of any gate or condition: what was signed before it was signed for another state. Null where none came in.</summary>
    public EventReference? LastGateChange => Gates.Values.SelectMany(gate => gate.Events).MaxBy(reference => reference.Version);

    /// <summary>What is known of a gate or condition: nothing, if nothing came in.</summary>
    public GateState Gate(string name) => Gates.GetValueOrDefault(name, GateState.Empty);
}
