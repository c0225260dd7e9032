namespace Ledger.Store.Append;

/// <summary>A submission that waits for its answer.</summary>
internal sealed class PendingSubmission(Submission submission)
{
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Submission Submission { get; } = submission;

    /// <summary>How often it has been decided.</summary>
    public int Attempts { get; set; }

    /// <summary>Submissions with the same key that arrived while this one was under way: they get its answer.</summary>
    public List<PendingSubmission> Followers { get; } = [];

    public Task<AppendResult> Done => _done.Task;

    public void Complete(AppendResult result)
    {
        _done.TrySetResult(result);
        foreach (var follower in Followers) follower.Complete(ForFollower(follower, result));
        Followers.Clear();
    }

    private AppendResult ForFollower(PendingSubmission follower, AppendResult result) =>
        follower.Submission.Key!.Request == Submission.Key!.Request
            ? result is AppendResult.Appended appended ? appended with { Replayed = true } : result
            : new AppendResult.Refused(Idempotency.KeyReused);
}
