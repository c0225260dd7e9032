using Ledger.Domain.Actors;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Releases;
using Ledger.Server.Deadlines;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Append;

namespace Ledger.Server.Sandboxes;

/// <summary>
/// Lets every deadline up to the time that a sandbox's clock moves to take effect first, each at its own time and in their order: what is
/// replayed is the same each time. Should the server end in between, the next move goes on.
/// </summary>
internal sealed class ClockMove(LedgerStore store, ILogger<ClockMove> logger) : IDisposable
{
    private static readonly Actor Ledger = new("ledger", Role.Admin);

    // One move at a time on a node. Those of two nodes may mix: each deadline takes effect once all the same.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Passes what is due at <paramref name="until"/>, and then does what is asked.</summary>
    /// <param name="until">Where the clock moves to.</param>
    /// <param name="then">What sets it.</param>
    /// <param name="cancellation">Gives up before the next deadline.</param>
    public async Task<Attempt<T>> RunAsync<T>(DateTimeOffset until, Func<ValueTask<Attempt<T>>> then, CancellationToken cancellation)
        where T : notnull
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var aside = new HashSet<ReleaseId>();
            (ReleaseId Release, DateTimeOffset Due) before = default;
            while (await store.Deadlines.DueAsync(until, 1, aside, cancellation) is [var next])
            {
                var result = await store.SubmitAsync(new Submission(Ledger, new DeadlineCommand.Pass(next.Release, next.Due)));
                if (result is AppendResult.Unavailable) return Problems.Of(result, store.Refusing);
                if (result is AppendResult.Faulted faulted) logger.NotPassed(faulted.Exception, next.Release.ToString());

                // What did not go away although it was asked to is left to the ordinary clock, so that it does not stand in the way of the others.
                if (result is AppendResult.Faulted || next == before) aside.Add(next.Release);
                before = next;
            }

            return await then();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
