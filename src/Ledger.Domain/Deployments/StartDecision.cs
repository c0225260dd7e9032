using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>Decides whether a rollout may begin: of what was decided on, after a recorded GO that still holds, within the window.</summary>
internal static class StartDecision
{
    public static Decision Decide(
        DeploymentCommand.Start command, Observation? observed, ReleaseState state, DeploymentState deployment, PublishedPolicy policy, DateTimeOffset at)
    {
        if (DeploymentTerms.Of(policy.Policy) is not { } terms)
            return Decision.Refuse("deployment_not_planned", $"the policy '{policy.Policy.Name}' plans no deployment", "add 'deployment' to a new version of the policy");
        if (deployment.Phase == DeploymentPhase.Started)
            return Decision.Refuse("deployment_under_way", $"the deployment started with event {deployment.Started!.Event.Sequence}", "go on with its steps");
        if (deployment.Phase is DeploymentPhase.RollingBack or DeploymentPhase.RolledBack) return new Decision.Refused(DeploymentDecider.NotStarted(deployment)!);
        if (Unreadable(command) is { } unreadable) return new Decision.Refused(unreadable);

        var decision = state.Facts.Decision is { Verdict: Verdict.Go } go ? go.Event : null;
        var breaches = new Breaches(observed);
        breaches.Add(
            decision is null, "go_not_recorded", "no GO was recorded for the release", "record it first: ledger decide");
        breaches.Add(NotGo(state, policy, at));
        breaches.Add(MoveRules.OfTheWindow(state, observed?.At ?? at));
        breaches.Add(OfAnotherBuild(command, state));
        return breaches.Answer(new DeploymentEvent.Started(deployment.Attempt + 1, terms, command.Artifacts, command.Commit?.ToLowerInvariant(), decision, observed));
    }

    private static Refusal? Unreadable(DeploymentCommand.Start command)
    {
        if (command.Commit is { } commit && !CommitId.IsValid(commit))
            return new Refusal("commit_invalid", "what is deployed is no commit", "give 7 to 64 hexadecimal digits, best all 40");
        if (command.Artifacts.Count > OpenDecision.ArtifactsAtMost)
            return new Refusal("artifacts_invalid", $"a release names at most {OpenDecision.ArtifactsAtMost} artifacts, not {command.Artifacts.Count}", "name what is deployed");
        return command.Artifacts.Select(artifact => Text.CheckName("artifact name", artifact.Name)).FirstOrDefault(refusal => refusal is not null);
    }

    // An earlier attempt that was given up is no reason against another one, and the window has its own code.
    private static Refusal? NotGo(ReleaseState state, PublishedPolicy policy, DateTimeOffset at) =>
        ReleaseJudge.Judge(state, policy, at).Reasons.FirstOrDefault(reason => reason.Code is not ("deployment_aborted" or "window_ended" or "deviation")) is { } reason
            ? new Refusal("not_go", $"{reason.Subject ?? "the release"}: {reason.Message}", "'ledger release status' lists everything that is missing")
            : null;

    private static Refusal? OfAnotherBuild(DeploymentCommand.Start command, ReleaseState state)
    {
        if (command.Commit is null && command.Artifacts.Count == 0)
            return new Refusal("build_unknown", "nothing says what is deployed", "give the commit, or the artifacts by digest");
        if (command.Commit is { } commit && !CommitId.Same(commit, state.Opened.Commit))
            return new Refusal("wrong_commit", $"commit {commit} is deployed, and the release is {state.Opened.Commit}", "deploy what was decided on");
        return command.Artifacts.FirstOrDefault(artifact => state.Opened.Artifacts.All(known => known.Digest != artifact.Digest)) is { } foreign
            ? new Refusal("wrong_digest", $"{foreign.Name}@{foreign.Digest} is deployed, which is none of the release's artifacts", "deploy what was decided on, by digest")
            : null;
    }
}
