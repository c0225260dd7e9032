using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Intake.Argo;

namespace Ledger.Server.Argo;

/// <summary>
/// What a Rollout says has happened since the ledger last heard of it: as commands that are told, not asked, so that what was against the plan
/// is recorded and not refused. Pure. A status that is not of the newest specification, or that cannot be told, moves nothing forward.
/// </summary>
internal static class RolloutMoves
{
    private const double WeightTolerance = 1e-6;

    /// <summary>The commands, in order; none where everything is known already.</summary>
    /// <param name="rollout">The object.</param>
    /// <param name="release">The release that it rolls out.</param>
    /// <param name="state">The release as it stands.</param>
    /// <param name="seenAt">When the object came in: a Rollout does not say when its steps began.</param>
    /// <param name="notes">What else there is to know.</param>
    public static IReadOnlyList<ReleaseCommand> Of(ArgoObject.Rollout rollout, ReleaseId release, ReleaseState state, DateTimeOffset seenAt, List<string> notes)
    {
        var observed = new Observation(seenAt, ArgoSamples.SourceOf("argo-rollouts", rollout));
        var commands = new List<ReleaseCommand>();
        foreach (var image in ForeignImages(rollout, state, notes))
            AddDeviation(commands, release, state, "wrong_digest", $"{ArgoText.Line(image, ArgoText.TextLength, "an image")} runs, which is none of the release's artifacts", observed, NameOf(rollout));

        if (state.Deployment is not { Terms: { } terms, Phase: DeploymentPhase.Started } deployment)
        {
            notes.Add($"{rollout.Name}: no rollout of this release is under way, so its steps are not taken over");
            return commands;
        }

        if (rollout.IsAborted)
        {
            if (deployment.FullyOut is null)
                commands.Add(new DeploymentCommand.Abort(release, ArgoText.Line(rollout.Message, ArgoText.TextLength, "the rollout was aborted in the cluster"), observed with { At = rollout.AbortedAt ?? seenAt }));
            return commands;
        }

        if (rollout.IsCurrent == false)
        {
            notes.Add($"{rollout.Name}: its status is not of its newest specification yet");
            return commands;
        }

        if (rollout.Phase is RolloutPhase.Degraded or RolloutPhase.Unknown)
        {
            notes.Add($"{rollout.Name} is {(rollout.Phase == RolloutPhase.Degraded ? "degraded" : "in a phase that is not known")}{(rollout.Message is { } message ? $": {message}" : "")}");
            return commands;
        }

        AddSteps(commands, rollout, release, terms, deployment, state, observed, notes);
        return commands;
    }

    private static void AddSteps(
        List<ReleaseCommand> commands, ArgoObject.Rollout rollout, ReleaseId release, DeploymentTerms terms, DeploymentState deployment, ReleaseState state, Observation observed, List<string> notes)
    {
        var isThrough = rollout.Phase == RolloutPhase.Healthy && rollout.StableHash is not null && rollout.StableHash == rollout.CurrentHash;
        if (terms.Strategy == DeploymentStrategy.BlueGreen)
        {
            // The active service is moved first, and the new pods are the stable ones only once the analyses after that have passed.
            var isSwitched = rollout.ActiveHash is { } active ? active == rollout.CurrentHash : isThrough;
            if (isSwitched && deployment.FullyOut is null) commands.Add(new DeploymentCommand.SwitchTraffic(release, rollout.CurrentHash!, ToRelease: true, From: null, observed));
            return;
        }

        var weight = isThrough ? 1 : rollout.Weight;
        if (weight is not { } reached)
        {
            notes.Add($"{rollout.Name} does not say how much of the traffic it has");
            return;
        }

        if (reached <= 0) return;
        var step = terms.Steps.FirstOrDefault(planned => planned.Weight is { } plan && Math.Abs(plan.Value - reached) < WeightTolerance);
        if (step is null)
        {
            if (!isThrough) AddDeviation(commands, release, state, "weight_not_planned", FormattableString.Invariant($"{reached:0.####%} of the traffic, which no step of the plan gives"), observed, NameOf(rollout));
        }
        else if (deployment.Steps.All(taken => taken.Name != step.Name))
        {
            if (deployment.RunningStep is { } running) commands.Add(new DeploymentCommand.CompleteStep(release, running.Name, observed));
            commands.Add(new DeploymentCommand.StartStep(release, step.Name, observed));
        }

        if (isThrough && deployment.Promoted is null && deployment.FullyOut is null) commands.Add(new DeploymentCommand.Promote(release, observed));
    }

    // Names in a cluster may be longer than the log takes them.
    private static string NameOf(ArgoObject.Rollout of) => ArgoText.Line(of.Name, ArgoText.NameLength, "rollout");

    // An image that is named by a tag says nothing about its digest.
    private static IEnumerable<string> ForeignImages(ArgoObject.Rollout rollout, ReleaseState state, List<string> notes)
    {
        foreach (var image in rollout.Images)
        {
            var at = image.IndexOf('@', StringComparison.Ordinal);
            if (at < 0) notes.Add($"{rollout.Name} names an image by tag, so whether it is the release's cannot be told");
            else if (!Digest.TryParse(image[(at + 1)..], out var digest) || state.Opened.Artifacts.All(artifact => artifact.Digest != digest)) yield return image;
        }
    }

    // Of each kind and subject once: the object repeats it in every status.
    private static void AddDeviation(List<ReleaseCommand> commands, ReleaseId release, ReleaseState state, string code, string message, Observation observed, string subject)
    {
        if (state.Deployment?.Deviations.Any(known => known.Code == code && known.Subject == subject && known.Message == message) == true) return;
        commands.Add(new DeploymentCommand.RecordDeviation(release, code, message, observed, subject));
    }
}
