using Ledger.Integrity.Notes;

namespace Ledger.Server.Witnesses;

/// <summary>Somebody outside who is told of a checkpoint, and whose answer is verified and kept.</summary>
internal interface ICheckpointListener : IDisposable
{
    /// <summary>Tells them, unless they were told of it or of a later one.</summary>
    /// <param name="signed">The checkpoint as the log signed it.</param>
    /// <param name="checkpoint">What it says.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="HttpRequestException">They cannot be reached.</exception>
    Task TellAsync(Note signed, Checkpoint checkpoint, CancellationToken cancellation);
}
