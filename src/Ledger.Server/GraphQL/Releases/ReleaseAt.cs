using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>A release at a moment: now, or as it was. What is selected of it is of that moment, unless a field asks for another.</summary>
/// <param name="view">The release then.</param>
/// <param name="asOf">The moment that was asked for; null for the present.</param>
internal sealed class ReleaseAt(ReleaseView view, AsOf? asOf)
{
    private ReleaseStanding? _standing;

    public ReleaseView View => view;

    public ReleaseId Id => view.Release;

    public ReleaseState State => view.State;

    public ReleaseEvent.Opened Opened => view.State.Opened;

    public ReleaseKey Key => new(view.Release, asOf);

    /// <summary>Its go/no-go, worked out once.</summary>
    public ReleaseStanding Standing => _standing ??= view.Standing();

    /// <summary>Its gates, in the policy's order.</summary>
    public IEnumerable<GateAt> Gates => Standing.Gates.Zip(view.Policy.Policy.Gates, (standing, gate) => new GateAt(this, gate, standing));
}

/// <summary>A gate of a release at a moment.</summary>
/// <param name="Release">The release then.</param>
/// <param name="Gate">What the policy asks for.</param>
/// <param name="Standing">Where it stands.</param>
internal sealed record GateAt(ReleaseAt Release, Gate Gate, GateStanding Standing)
{
    public GateState State => Release.State.Gate(Gate.Name);
}
