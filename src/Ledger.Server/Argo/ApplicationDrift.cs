using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Intake.Argo;

namespace Ledger.Server.Argo;

/// <summary>Whether what Argo CD says runs is what was released. Pure.</summary>
internal static class ApplicationDrift
{
    /// <summary>The code of the deviation.</summary>
    public const string Code = "drifted";

    // Argo CD resolves Git revisions in full; a chart's version is no commit, even where it looks like an abbreviated one.
    private const int FullCommitLength = 40;

    /// <summary>Whether the revisions that run are the release's commit; null where none is a commit, or where Argo CD does not know.</summary>
    public static bool? Matches(ArgoObject.Application application, ReleaseState state)
    {
        var commits = application.Revisions.Where(revision => revision.Length >= FullCommitLength && CommitId.IsValid(revision)).ToList();
        if (commits.Count == 0 || application.IsSynced is null) return null;
        return application.IsSynced.Value && commits.Exists(commit => CommitId.Same(commit, state.Opened.Commit));
    }

    /// <summary>A deviation where something else runs than what was rolled out, once of each kind.</summary>
    public static IReadOnlyList<ReleaseCommand> Of(ArgoObject.Application application, ReleaseId release, ReleaseState state, DateTimeOffset seenAt, List<string> notes)
    {
        if (Matches(application, state) is not { } matches)
        {
            notes.Add($"{application.Name}: which commit runs cannot be told");
            return [];
        }

        // Before it is fully out, the cluster is on its way; after it was taken back, something else has to run.
        if (matches || state.Deployment is not { Phase: DeploymentPhase.Started, FullyOut: not null } deployment) return [];
        var name = ArgoText.Line(application.Name, ArgoText.NameLength, "application");
        var message = application.IsSynced == false
            ? "the cluster is not as its source says"
            : $"{ArgoText.Line(string.Join(", ", application.Revisions), ArgoText.TextLength, "something else")} runs, and the release is {state.Opened.Commit}";
        if (deployment.Deviations.Any(known => known.Code == Code && known.Subject == name && known.Message == message)) return [];
        return [new DeploymentCommand.RecordDeviation(release, Code, message, new Observation(application.ObservedAt is { } at && at >= deployment.FullyOut.At ? at : seenAt, ArgoSamples.SourceOf("argocd", application)), name)];
    }
}
