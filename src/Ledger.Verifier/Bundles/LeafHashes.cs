using Ledger.Integrity;

namespace Ledger.Verifier.Bundles;

/// <summary>Reads hashes of 32 bytes, one after the other.</summary>
internal static class LeafHashes
{
    private const int BufferBytes = 65_536;

    public static IEnumerable<Hash> Read(Stream input)
    {
        using var buffered = new BufferedStream(input, BufferBytes);
        var bytes = new byte[Hash.Size];
        while (buffered.ReadAtLeast(bytes, Hash.Size, throwOnEndOfStream: false) == Hash.Size) yield return new Hash(bytes);
    }
}
