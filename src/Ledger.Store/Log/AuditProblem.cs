namespace Ledger.Store.Log;

/// <summary>Something that is not as it must be.</summary>
/// <param name="Code">Stable and snake_case: programs act on it.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Sequence">The event it is about; null when it is not about one.</param>
/// <param name="Stream">The stream it is about, as far as it is known.</param>
public sealed record AuditProblem(string Code, string Message, long? Sequence = null, string? Stream = null)
{
    /// <summary>The event's leaf in the tree, from 0; null when it is not about an event.</summary>
    public long? LeafIndex => Sequence - 1;
}
