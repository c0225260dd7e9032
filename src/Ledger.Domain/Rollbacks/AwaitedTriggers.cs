using System.Text.Json;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Rollbacks;

/// <summary>
/// Follows a release's events and finds a trigger that is not what the measurements before it come to, or that is not there although they come to
/// one: a trigger is never somebody's word. Pure; not thread-safe.
/// </summary>
public sealed class AwaitedTriggers
{
    private const string Missing = "the measurements make a rollback rule fire, and no trigger follows them";

    // As JSON, which says whether two of them are the same.
    private readonly Queue<byte[]> _awaited = new();

    /// <summary>Takes the release's next event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="before">The release before it; null before its first.</param>
    /// <param name="version">Its place in the release's stream.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Follow(LedgerEvent happened, ReleaseState? before, long version)
    {
        if (happened is RollbackEvent.Triggered fired)
            return _awaited.TryDequeue(out var expected) && expected.AsSpan().SequenceEqual(Bytes(fired)) ? null : "the trigger is not what the measurements before it come to";
        var missing = _awaited.Count > 0;
        _awaited.Clear();
        if (happened is DeploymentEvent.Measured measured && before is not null)
            foreach (var trigger in TriggerReplay.Of(before, measured, version)) _awaited.Enqueue(Bytes(trigger));
        return missing ? Missing : null;
    }

    /// <summary>Ends the release's events.</summary>
    /// <returns>What is wrong; null where nothing had to follow.</returns>
    public string? End() => _awaited.Count > 0 ? Missing : null;

    private static byte[] Bytes(RollbackEvent.Triggered trigger) => JsonSerializer.SerializeToUtf8Bytes(trigger, DomainJson.Default.RollbackTriggered);
}
