namespace Ledger.Store.Log.Audit;

/// <summary>
/// What a UTF-8 text stands for, remembered for the texts seen last: streams, types and actors recur in most rows. Of bounded size; not
/// thread-safe.
/// </summary>
/// <param name="read">Reads a text that is not remembered; what it throws comes out of <see cref="Get"/>.</param>
internal sealed class Utf8Cache<T>(Func<byte[], T> read)
    where T : class
{
    private const int Slots = 1024;

    private readonly (byte[] Text, T Value)[] _slots = new (byte[], T)[Slots];

    public T Get(ReadOnlySpan<byte> text)
    {
        var hash = default(HashCode);
        hash.AddBytes(text);
        ref var slot = ref _slots[(uint)hash.ToHashCode() % Slots];
        if (slot.Value is not null && text.SequenceEqual(slot.Text)) return slot.Value;
        var bytes = text.ToArray();
        slot = (bytes, read(bytes));
        return slot.Value;
    }
}
