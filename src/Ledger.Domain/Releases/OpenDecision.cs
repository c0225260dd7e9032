namespace Ledger.Domain.Releases;

/// <summary>Decides whether a release may be opened.</summary>
internal static class OpenDecision
{
    internal const int ArtifactsAtMost = 64;

    public static Decision Decide(ReleaseCommand.Open open, ReleaseState? state, DecisionContext context)
    {
        if (state is not null)
            return Decision.Refuse("release_exists", $"'{open.Release}' was opened at {UtcTimeJsonConverter.ToText(state.Facts.OpenedAt)}", "choose another version; a release is opened once");
        if (context.Policy is not { } policy)
        {
            return Decision.Refuse(
                "policy_unknown",
                open.PolicyVersion is { } version ? $"there is no version {version} of a policy '{open.Policy}'" : $"there is no policy '{open.Policy}'",
                "publish it first: ledger policy publish FILE");
        }

        if (policy.Reference.Name != open.Policy || (open.PolicyVersion is { } asked && asked != policy.Reference.Version))
            throw new ArgumentException($"the opening names the policy '{open.Policy}', not {policy.Reference}", nameof(context));

        if (policy.Policy.Services is { Count: > 0 } services && !services.Contains(open.Release.Service))
            return Decision.Refuse("policy_not_for_service", $"the policy '{open.Policy}' is not for the service '{open.Release.Service}'", $"it is for: {string.Join(", ", services)}");

        // What the log keeps is what is decided about: whole microseconds.
        var window = open.Window is null ? null : new MaintenanceWindow(UtcTimeJsonConverter.Truncate(open.Window.Start), UtcTimeJsonConverter.Truncate(open.Window.End));
        DateTimeOffset? decideBy = open.DecideBy is null ? null : UtcTimeJsonConverter.Truncate(open.DecideBy.Value);
        if (CheckContent(open with { Window = window, DecideBy = decideBy }, context.At) is { } refusal) return new Decision.Refused(refusal);

        return Decision.Accept(new ReleaseEvent.Opened(
            open.Release.Service, open.Release.Version, open.Commit.ToLowerInvariant(), open.Artifacts, open.Environment, policy.Reference,
            open.Tag, window, decideBy, open.Summary, open.Risk));
    }

    private static Refusal? CheckContent(ReleaseCommand.Open open, DateTimeOffset at)
    {
        if (!CommitId.IsValid(open.Commit))
            return new Refusal("commit_invalid", $"'{Shorten(open.Commit)}' is not a commit", "give 7 to 64 hexadecimal digits, best all 40");
        if (open.Artifacts.Count is 0 or > ArtifactsAtMost)
            return new Refusal("artifacts_invalid", $"a release names 1 to {ArtifactsAtMost} artifacts, not {open.Artifacts.Count}", "name what is deployed: --artifact NAME=sha256:HEX");
        if (open.Artifacts.GroupBy(artifact => artifact.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return new Refusal("artifacts_invalid", $"the artifact '{Shorten(twice.Key)}' is named twice", "name each artifact once");
        foreach (var artifact in open.Artifacts)
        {
            if (Text.CheckName("artifact name", artifact.Name) is { } unreadable) return unreadable;
        }

        if (open.Window is { } window && window.End <= window.Start)
            return new Refusal("window_invalid", "the maintenance window ends before it starts", "give its start, then its end");
        if (open.Window is { } past && past.End <= at)
            return new Refusal("time_in_past", $"the maintenance window ended at {UtcTimeJsonConverter.ToText(past.End)}, before now", "the log goes forward only; give a window that is still to come");
        if (open.DecideBy <= at)
            return new Refusal("time_in_past", $"the decide-by time {UtcTimeJsonConverter.ToText(open.DecideBy.Value)} is before now", "the log goes forward only; give a time that is still to come");

        return Text.CheckName("environment", open.Environment)
            ?? (open.Tag is null ? null : Text.CheckName("tag", open.Tag))
            ?? Text.CheckOptional("summary", open.Summary, Text.NoteLength);
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
