using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Server.Http;
using Ledger.Store.Releases;

namespace Ledger.Server.Deployments;

/// <summary>Something that happened to a deployment was appended.</summary>
/// <param name="Release">The release.</param>
/// <param name="Phase">How far it is on its way to its users.</param>
/// <param name="Verdict">How it stands now.</param>
/// <param name="Deviations">How many kinds of deviations are on its record.</param>
/// <param name="Receipt">Where the last event of it stands in the log.</param>
internal sealed record DeploymentAnswer(string Release, DeploymentPhase Phase, Verdict Verdict, int Deviations, ReceiptAnswer Receipt)
{
    public static DeploymentAnswer Of(ReleaseCommand command, ReleaseView view, ReceiptAnswer receipt)
    {
        var deployment = view.State.Deployment ?? DeploymentState.None;
        return new DeploymentAnswer(command.Release.ToString(), deployment.Phase, view.Standing().Verdict, deployment.Deviations.Length, receipt);
    }
}
