using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;

namespace Ledger.Domain.SignOffs;

/// <summary>
/// Whether a signed statement is the next link of a release's sign-off chain: asked before it is appended, and again, of the same
/// state, by whoever verifies the chain later. <see cref="SignerRules"/> says whether the person may sign.
/// </summary>
public static class SignOffRules
{
    private const string Again = "look at the release as it is now, and sign that";

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>Why its texts are not those of a sign-off; null when they are.</summary>
    public static Refusal? OfTheTexts(SignOffPredicate predicate) =>
        Text.Check("meaning", predicate.Meaning, Text.NoteLength) ?? (predicate.Nonce.Length is >= 32 and <= 64 && predicate.Nonce.Length % 2 == 0 && predicate.Nonce.All(char.IsAsciiHexDigit)
            ? null
            : new Refusal("nonce_invalid", "the nonce is not 16 to 32 bytes in hexadecimal digits", "prepare the statement with 'ledger sign'"));

    /// <summary>Why it was signed for something else than this release in this ledger, or is there already; null when it was not.</summary>
    public static Refusal? OfAnother(SignedStatement signed, ReleaseState state, string ledger)
    {
        var predicate = signed.Predicate;
        if (predicate.Ledger != ledger)
            return new Refusal("wrong_ledger", $"the statement was signed for the ledger '{Shorten(predicate.Ledger)}', not for '{ledger}'", "sign what this ledger shows");
        if (predicate.Release != state.Id.ToString())
            return new Refusal("wrong_release", $"the statement was signed for '{Shorten(predicate.Release)}', not for '{state.Id}'", "sign this release");
        if (!signed.Subjects.ToHashSet().SetEquals(state.Opened.Artifacts.Select(artifact => artifact.Digest)))
            return new Refusal("wrong_artifacts", "the statement's subjects are not the release's artifacts", "sign this release; its artifacts do not change");
        if (predicate.Policy != state.Opened.Policy)
            return new Refusal("wrong_policy", $"the statement names the policy {Named(predicate.Policy)}, the release pinned {Named(state.Opened.Policy)}", "sign what this ledger shows");
        return state.Facts.SignOffs.Any(earlier => earlier.Statement == signed.Digest)
            ? new Refusal("sign_off_repeated", "this very statement is in the log already", "nothing to do; to sign again, sign a new statement")
            : null;
    }

    /// <summary>Why the stage does not take this role's sign-off now; null when it does.</summary>
    public static Refusal? OfTheOrder(SignOffPredicate predicate, ReleaseState state, Policy policy)
    {
        var standing = SignOffJudge.Judge(state, policy);
        if (standing?.Stages.FirstOrDefault(stage => stage.Name == predicate.Stage) is not { } stage)
        {
            return new Refusal(
                "stage_unknown", $"the policy '{policy.Name}' has no sign-off stage '{Shorten(predicate.Stage)}'",
                policy.SignOff.Count == 0 ? "it asks for no sign-offs" : $"it has: {string.Join(", ", policy.SignOff.Select(known => known.Name))}");
        }

        if (!stage.Roles.Contains(predicate.Role))
            return new Refusal("role_not_in_stage", $"'{Shorten(predicate.Role)}' does not sign in the stage '{stage.Name}'", $"there sign: {string.Join(", ", stage.Roles)}");
        if (standing.Stages.SelectMany(any => any.SignOffs).FirstOrDefault(signOff => signOff.Signer == predicate.Signer.Id) is { } twice)
            return new Refusal("already_signed", $"{twice.Name} signed as {twice.Role} with event {twice.Event.Sequence}", "one person signs once; to change it, withdraw it first");
        if (stage.SignOffs.FirstOrDefault(signOff => signOff.Role == predicate.Role) is { } taken)
            return new Refusal("already_signed", $"{taken.Name} signed as {taken.Role} with event {taken.Event.Sequence}", "each role signs once");
        if (standing.Stages.SelectMany(any => any.SignOffs).Any(signOff => signOff.Decision == SignOffChoice.Reject))
            return new Refusal("release_rejected", "somebody rejected the release, and that stands", "the rejection is withdrawn by its signer, or the gate that is wrong is reported anew");
        if (stage.Open) return null;
        return standing.Stages.TakeWhile(earlier => earlier != stage).FirstOrDefault(earlier => !earlier.Complete) is { } missing
            ? new Refusal("out_of_order", $"the stage '{stage.Name}' opens when '{missing.Name}' is complete", $"first {missing.Quorum} of: {string.Join(", ", missing.Roles)}")
            : new Refusal(
                "out_of_order", $"the stage '{stage.Name}' is over: a later one has begun",
                stage.Complete ? "nothing to do: its quorum is there" : "the sign-offs of the later stages are withdrawn first, and made again after this one");
    }

    /// <summary>Why it does not follow the chain's end and the release's newest event; null when it does.</summary>
    /// <param name="predicate">What was signed.</param>
    /// <param name="state">The release before this sign-off.</param>
    /// <param name="head">The leaf hash of the release's newest event then.</param>
    public static Refusal? OfThePlace(SignOffPredicate predicate, ReleaseState state, Digest head)
    {
        var last = state.Facts.SignOffs.LastOrDefault()?.Statement;
        if (predicate.Previous != last)
            return new Refusal("previous_mismatch", $"the statement follows {Named(predicate.Previous)}, the chain ends with {Named(last)}", Again);
        return predicate.Stream == new StreamSeen(state.Last.Version, head)
            ? null
            : new Refusal(
                "state_changed", predicate.Stream.Version == state.Last.Version
                    ? $"the stream's version {state.Last.Version} is not the one that was signed"
                    : $"version {predicate.Stream.Version} of the release was signed, it is at version {state.Last.Version}", Again);
    }

    /// <summary>Why its times cannot be; null when they can.</summary>
    public static Refusal? OfTheTime(SignOffPredicate predicate, DateTimeOffset at)
    {
        var claimed = predicate.Time > predicate.GoNoGo.At ? predicate.Time : predicate.GoNoGo.At;
        return claimed > at + Skew
            ? new Refusal("time_in_future", $"the statement is of {UtcTimeJsonConverter.ToText(claimed)}, after now", "set the signing machine's clock")
            : null;
    }

    /// <summary>Why the go/no-go that was signed is not the release's; null when it is.</summary>
    public static Refusal? OfTheGoNoGo(SignOffPredicate predicate, ReleaseState state, PublishedPolicy policy, DateTimeOffset at, Func<ReleaseStanding, Digest> digestOf)
    {
        // The events are the same; time alone can have changed the answer: a waiver that ended, a deadline that passed.
        var now = ReleaseJudge.Judge(state, policy, at) with { At = predicate.GoNoGo.At };
        return predicate.GoNoGo.Verdict == now.Verdict && predicate.GoNoGo.Digest == digestOf(now)
            ? null
            : new Refusal("state_changed", $"the go/no-go that was signed is not the one of now, which is {Verdicts.Name(now.Verdict)}", Again);
    }

    private static string Named(PolicyReference policy) => $"'{Shorten(policy.Name)}' version {policy.Version} ({policy.Digest})";

    private static string Named(Digest? statement) => statement?.ToString() ?? "no sign-off";

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
