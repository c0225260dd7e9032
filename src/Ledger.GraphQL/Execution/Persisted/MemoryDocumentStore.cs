namespace Ledger.GraphQL.Execution;

/// <summary>Keeps documents in memory, the ones that are asked for longest. Thread-safe.</summary>
/// <param name="entriesMax">How many.</param>
/// <param name="bytesMax">Bytes of their texts, together.</param>
public sealed class MemoryDocumentStore(int entriesMax = 1_000, int bytesMax = 16 << 20) : IAutomaticDocumentStore
{
    private readonly BoundedCache<DocumentHash, byte[]> _texts = new(entriesMax, bytesMax);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(DocumentHash hash, CancellationToken cancellationToken) =>
        new(_texts.TryGet(hash, out var text) ? text : default(ReadOnlyMemory<byte>?));

    /// <inheritdoc/>
    public ValueTask AddAsync(DocumentHash hash, ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        _texts.Add(hash, utf8.ToArray(), utf8.Length);
        return default;
    }
}
